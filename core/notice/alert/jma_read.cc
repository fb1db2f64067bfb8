// 気象庁防災情報XML (jmx.xsd, jmx_ib.xsd): Control/Status decides whether it is real, Head/InfoType what it
// does; the headline's kinds and areas, and of the body's warnings what was lifted. Pure.
#include <algorithm>

#include "core/notice/alert/readers.h"

namespace machi::notice {
namespace {

using base::fail;

Result<const Element*> needed(const Element& in, std::string_view name) {
  const Element* found = in.child(name);
  if (!found) return fail(Code::BadInput, in.name + ": <" + std::string(name) + "> is missing");
  return found;
}

Result<AlertStatus> status_of(std::string_view text) {
  if (text == "通常") return AlertStatus::Actual;
  if (text == "訓練") return AlertStatus::Exercise;
  if (text == "試験") return AlertStatus::Test;
  return fail(Code::Unsupported, "Control/Status is neither 通常 nor 訓練 nor 試験");
}

Result<AlertType> type_of(std::string_view text) {
  if (text == "発表") return AlertType::Issue;
  if (text == "訂正" || text == "遅延") return text == "訂正" ? AlertType::Update : AlertType::Issue;
  if (text == "取消") return AlertType::Cancel;
  return fail(Code::Unsupported, "Head/InfoType is neither 発表 nor 訂正 nor 遅延 nor 取消");
}

class JmaReader {
 public:
  JmaReader(const AlertMeanings& meanings, Alert& alert) : meanings_(meanings), alert_(alert) {}

  base::Status headline(const Element& headline) {
    for (const Element& information : headline.children) {
      const std::string_view type = information.attribute("type");
      // Tags and numbers of typhoons are no dangers.
      if (information.name != "Information" || type == "情報タグ") continue;
      for (const Element& item : information.children) {
        if (item.name != "Item") continue;
        const Element* areas = item.child("Areas");
        for (const Element& kind : item.children)
          if (kind.name == "Kind")
            MACHI_TRY(add(kind.text_of("Name"), kind.text_of("Code"), false, areas,
                          areas ? areas->attribute("codeType") : std::string_view()));
      }
    }
    return {};
  }

  // What a warning's body says is over.
  base::Status body(const Element& body) {
    for (const Element& warning : body.children) {
      if (warning.name != "Warning") continue;
      for (const Element& item : warning.children) {
        if (item.name != "Item") continue;
        for (const Element& kind : item.children)
          if (kind.name == "Kind" && kind.text_of("Status") == "解除" && !kind.text_of("Name").empty())
            MACHI_TRY(
                add(kind.text_of("Name"), kind.text_of("Code"), true, &item, warning.attribute("type")));
      }
    }
    return {};
  }

  void without_parts(std::string_view kind) {
    AlertPart part;
    part.event = std::string(kind);
    mean(part, meanings_.find("info", kind));
    alert_.parts.push_back(std::move(part));
  }

 private:
  static void mean(AlertPart& part, const AlertMeaning* meaning) {
    if (!meaning) return;
    part.hazard = meaning->hazard;
    part.category = meaning->category;
    part.severity = meaning->severity;
  }

  base::Status add(std::string_view name, std::string_view code, bool lifted, const Element* areas,
                   std::string_view kind_of_code) {
    if (name.empty()) return {};
    // "解除" alone, and names that end so: "噴火予報：警報解除", "海上警報解除".
    lifted = lifted || name == "解除" || name.ends_with("解除") || name == "海上警報なし";
    auto part = std::find_if(alert_.parts.begin(), alert_.parts.end(), [&](const AlertPart& one) {
      return one.event == name && one.code == code && one.lifted == lifted;
    });
    if (part == alert_.parts.end()) {
      if (alert_.parts.size() >= kAlertParts) return fail(Code::TooMany, "kinds");
      AlertPart made;
      made.event = std::string(name);
      made.code = std::string(code);
      made.lifted = lifted;
      const AlertMeaning* meaning = meanings_.find("kind", name);
      mean(made, meaning ? meaning : meanings_.find("info", kind_));
      alert_.parts.push_back(std::move(made));
      part = alert_.parts.end() - 1;
    }
    if (!areas) return {};
    for (const Element& area : areas->children) {
      if (area.name != "Area") continue;
      AlertArea one{std::string(area.text_of("Name")),
                    std::string(area.text_of("Code")),
                    std::string(kind_of_code),
                    {}};
      if (one.name.empty() && one.code.empty()) continue;
      if (std::find(part->areas.begin(), part->areas.end(), one) != part->areas.end()) continue;
      if (++areas_ > kAlertAreas) return fail(Code::TooMany, "areas");
      part->areas.push_back(std::move(one));
    }
    return {};
  }

  const AlertMeanings& meanings_;
  Alert& alert_;
  std::size_t areas_ = 0;

 public:
  std::string kind_;  // Head/InfoKind
};

// The sentences of a body: its own text, its comments, its notice - not the words of tables.
void collect(const Element& in, bool inside, int depth, std::string& out) {
  for (const Element& one : in.children) {
    const bool comment = one.name == "Comments" || one.name == "Comment" || one.name == "OfficeInfo";
    const bool words = one.name == "Text" || one.name == "FreeFormComment" || one.name == "Notice";
    if (words && (inside || depth == 0) && !one.text.empty() &&
        out.size() + one.text.size() < kAlertTextBytes) {
      if (!out.empty()) out += "\n";
      out += one.text;
    }
    if ((comment && one.name != "OfficeInfo") || inside) collect(one, true, depth + 1, out);
  }
}

}  // namespace

Result<Alert> read_jma(const Element& root, const AlertMeanings& meanings) {
  MACHI_TRY_SET(control, needed(root, "Control"));
  MACHI_TRY_SET(head, needed(root, "Head"));
  MACHI_TRY_SET(status, status_of(control->text_of("Status")));
  MACHI_TRY_SET(type, type_of(head->text_of("InfoType")));
  const auto sent = parse_moment(head->text_of("ReportDateTime"));
  if (!sent.ok()) return fail(Code::BadInput, "Head/ReportDateTime: " + sent.error().detail);
  const std::string office(control->text_of("EditorialOffice")), title(head->text_of("Title"));
  const std::string kind(head->text_of("InfoKind")), event(head->text_of("EventID"));
  if (office.empty() || title.empty() || kind.empty())
    return fail(Code::BadInput, "EditorialOffice, Title or InfoKind is missing");
  if (office.size() + title.size() + kind.size() + event.size() > 2000) return fail(Code::TooLarge, "head");

  Alert out;
  out.format = "jma";
  out.source = control->text_of("PublishingOffice").empty()
                   ? office
                   : std::string(control->text_of("PublishingOffice"));
  out.sent = *sent;
  out.status = status;
  out.type = type;
  for (const char digit : head->text_of("Serial").substr(0, 9)) {
    if (digit < '0' || digit > '9') break;
    out.serial = out.serial * 10 + (digit - '0');
  }
  // A telegram has no id of its own in it: what makes two of them the same one.
  const std::string what(control->text_of("Title"));
  out.thread = "jma/" + (event.empty() ? what + "/" + office + "/" + title : event);
  out.identifier = out.thread + "/" + (event.empty() ? "" : what + "/" + office + "/") +
                   std::string(control->text_of("DateTime")) + "/" + std::string(head->text_of("InfoType")) +
                   "/" + std::to_string(out.serial);
  if (const std::string_view until = head->text_of("ValidDateTime"); !until.empty()) {
    const auto expires = parse_moment(until);
    if (expires.ok()) out.expires = *expires;
  }

  JmaReader reader(meanings, out);
  reader.kind_ = kind;
  AlertText text;
  text.language = "ja";
  text.title = title;
  if (const Element* headline = head->child("Headline")) {
    text.headline = std::string(headline->text_of("Text").substr(0, kAlertTextBytes));
    MACHI_TRY(reader.headline(*headline));
  }
  if (const Element* body = root.child("Body")) {
    MACHI_TRY(reader.body(*body));
    collect(*body, false, 0, text.description);
  }
  out.texts.push_back(std::move(text));
  if (out.parts.empty()) reader.without_parts(kind);
  out.all_clear = true;
  for (AlertPart& part : out.parts) {
    if (part.lifted) {
      part.severity = Severity::Minor;
      part.urgency = "Past";
      continue;
    }
    out.all_clear = false;
    out.severity = std::max(out.severity, part.severity);
    if (part.severity >= Severity::Severe)
      part.urgency = "Immediate";
    else if (part.severity >= Severity::Minor)
      part.urgency = "Expected";
    if (part.severity > Severity::Unknown) part.certainty = "Likely";
  }
  if (out.all_clear) out.severity = Severity::Minor;
  return out;
}

}  // namespace machi::notice
