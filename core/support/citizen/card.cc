// The card and its form.
#include "core/support/citizen/card.h"

#include "core/base/text.h"

namespace machi::support {

using pages::Context;
using pages::Route;
using pages::Step;
using screen::Icon;
using screen::Importance;
using screen::Kind;
using screen::Node;
using screen::Nodes;
using screen::Tone;

namespace {

std::string label(const words::Words& words, const char* field) {
  return words("support.card." + std::string(field));
}

// "name: value" a line, in the reader's own language, without ruby: a camera of anybody reads it.
std::vector<std::string> open_lines(const Context& context, const std::map<std::string, std::string>& card) {
  std::vector<std::string> out{words::plain(context.words("support.card.head"))};
  for (const char* field : kOpenFields)
    if (const auto line = card.find(field); line != card.end())
      out.push_back(words::plain(label(context.words, field)) + ": " + line->second);
  return out;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& one : lines) out += (out.empty() ? "" : "\n") + one;
  return out;
}

// The certificates that were answered, for the pass: label and value.
Nodes certificates(const Context& context, const Shown& shown) {
  Nodes out;
  for (const char* id : {"physical-grade", "intellectual-grade", "mental-grade", "renewal"}) {
    const int index = shown.pack == nullptr ? -1 : shown.pack->fact_of(id);
    const auto answer = shown.answers.find(id);
    if (index < 0 || answer == shown.answers.end() || answer->second == "none" || answer->second == kNotKnown)
      continue;
    const rules::Fact& fact = shown.fact(index);
    out.push_back(in_tongue(context, screen::fact(std::string("certificate.") + id, said(context, fact.label),
                                                  shown_answer(context, fact, answer->second))));
  }
  return out;
}

}  // namespace

void Card::open(const Context& context, const Shown& shown) {
  const auto kept = PersonBook(context.database).card(shown.who.id);
  typed_ = kept;
  error_.clear();
  sealed_.clear();
  SealedCard card;
  card.written = context.now;
  for (const char* field : kSealedFields)
    if (const auto line = kept.find(field); line != kept.end()) card.fields[field] = line->second;
  if (card.fields.empty() || !verifiers_ || context.entropy == nullptr) return;
  if (const auto text = seal_card(*context.entropy, town_, *verifiers_, card); text.ok()) sealed_ = *text;
}

screen::Screen Card::view(const Context& context, const Shown& shown, const Route& route) const {
  const auto& words = context.words;
  const auto kept = PersonBook(context.database).card(shown.who.id);
  screen::Screen out = pages::frame(context, route, words("support.card"));
  out.main.push_back(screen::text("what", words("support.card.what")));
  if (kept.empty()) {
    out.main.push_back(screen::empty("none", words("support.card.none")));
    out.foot.push_back(screen::button("write", words("support.card.write"), Importance::Primary, Icon::Edit));
    return out;
  }
  const std::vector<std::string> lines = open_lines(context, kept);
  if (lines.size() > 1) {
    Nodes rows;
    for (const char* field : kOpenFields) {
      const auto line = kept.find(field);
      if (line == kept.end()) continue;
      rows.push_back(screen::fact(field, label(words, field), line->second));
    }
    Nodes inside{screen::text("open.who", words("support.card.open.who")),
                 screen::facts("open.facts", "", std::move(rows))};
    if (const auto phone = kept.find("phone"); phone != kept.end()) {
      std::string digits;
      for (const char sign : base::fold_width(phone->second))
        if ((sign >= '0' && sign <= '9') || sign == '+') digits += sign;
      if (digits.size() >= 3)
        inside.push_back(screen::link("call", words("support.card.call", {{"phone", phone->second}}),
                                      "tel:" + digits, Icon::Telephone));
    }
    Node symbol = screen::qr("open.symbol", words("support.card.open.symbol"), joined(lines), "");
    symbol.options = {
        screen::option("full", words("support.card.full"), false, words("support.card.full.hint")),
        screen::option("small", words("support.card.small"))};
    inside.push_back(std::move(symbol));
    inside.push_back(
        screen::button("picture", words("support.card.picture"), Importance::Primary, Icon::Picture));
    out.main.push_back(screen::group("open", words("support.card.open"), std::move(inside)));
  }
  Nodes inside{screen::text("sealed.who", words("support.card.sealed.who"))};
  Nodes rows;
  for (const char* field : kSealedFields)
    if (const auto line = kept.find(field); line != kept.end())
      rows.push_back(screen::fact(field, label(words, field), line->second));
  if (!rows.empty()) inside.push_back(screen::facts("sealed.facts", "", std::move(rows)));
  if (!sealed_.empty()) {
    Node symbol = screen::qr("sealed.symbol", words("support.card.sealed.symbol"), sealed_, "");
    symbol.options = {
        screen::option("full", words("support.card.full"), false, words("support.card.full.hint")),
        screen::option("small", words("support.card.small"))};
    inside.push_back(std::move(symbol));
  } else if (!verifiers_) {
    inside.push_back(screen::text("sealed.nobody", words("support.card.sealed.nobody")));
  }
  if (inside.size() > 1)
    out.main.push_back(screen::group("sealed", words("support.card.sealed"), std::move(inside)));
  Nodes held = certificates(context, shown);
  if (!held.empty()) {
    out.main.push_back(screen::group(
        "certificates", words("support.card.certificates"),
        {screen::facts("certificates.facts", "", std::move(held)),
         screen::text("certificates.note", words("support.card.certificates.note")),
         screen::link("mirairo", words("support.card.mirairo"), "https://mirairo-id.jp/", Icon::Phone)}));
  }
  out.foot.push_back(
      screen::button("write", words("support.card.change"), Importance::Secondary, Icon::Edit));
  return out;
}

screen::Screen Card::form(const Context& context, const Shown& shown, const Route& route) const {
  const auto& words = context.words;
  screen::Screen out = pages::frame(context, route, words("support.card.write"));
  out.main.push_back(screen::text("about", words("support.about", {{"name", called(words, shown.who)}})));
  const auto add = [&](const char* field) {
    const bool phone = std::string_view(field) == "phone";
    const auto line = typed_.find(field);
    Node input = screen::field(field, label(words, field), phone ? Kind::Telephone : Kind::Text,
                               line == typed_.end() ? "" : line->second);
    input.max_length = static_cast<std::int32_t>(kCardLine);
    return input;
  };
  Nodes open{screen::text("open.who", words("support.card.open.who"))};
  for (const char* field : kOpenFields) open.push_back(add(field));
  Nodes sealed{screen::text("sealed.who", words("support.card.sealed.who"))};
  for (const char* field : kSealedFields) sealed.push_back(add(field));
  if (!error_.empty()) out.main.push_back(screen::alert("error", words(error_), Tone::Danger));
  out.main.push_back(screen::group("open", words("support.card.open"), std::move(open)));
  out.main.push_back(screen::group("sealed", words("support.card.sealed"), std::move(sealed)));
  out.foot.push_back(screen::button("save", words("support.card.save"), Importance::Primary, Icon::Check));
  return out;
}

Step Card::act(const Context& context, const Shown& shown, const Route& route, const screen::Action& action) {
  if (route.name == kCardForm) {
    if (action.action == "enter") typed_[action.node] = base::trimmed(action.value);
    if (action.action != "press" || action.node != "save") return {};
    PersonBook book(context.database);
    for (const auto& [field, text] : typed_)
      if (!book.write_card(shown.who.id, field, text).ok()) {
        error_ = "error.storage.what";
        return {};
      }
    open(context, shown);
    return pages::back();
  }
  if (action.action != "press") return {};
  if (action.node == "write") return pages::go_to(kCardForm);
  if (action.node == "picture") {
    const auto lines = open_lines(context, PersonBook(context.database).card(shown.who.id));
    Step out;
    out.symbol = pages::Symbol{"help-card.png", joined(lines), lines};
    return out;
  }
  return {};
}

}  // namespace machi::support
