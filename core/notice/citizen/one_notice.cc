// The notice's nodes, and its event as a calendar entry.
#include "core/notice/citizen/one_notice.h"

#include "core/base/text.h"
#include "core/code/content.h"

namespace machi::notice {

using screen::Icon;
using screen::Kind;
using screen::Nodes;
using screen::Tone;

namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char sign : text) {
    if (sign == '\\' || sign == ';' || sign == ',') out += '\\';
    if (sign == '\n')
      out += "\\n";
    else if (sign != '\r')
      out += sign;
  }
  return out;
}

// Lines of at most 75 bytes, broken between characters.
void add_line(std::string& out, std::string line) {
  while (line.size() > 75) {
    std::size_t cut = 73;
    while ((static_cast<unsigned char>(line[cut]) & 0xC0) == 0x80) --cut;
    out += line.substr(0, cut) + "\r\n";
    line = " " + line.substr(cut);
  }
  out += line + "\r\n";
}

std::string utc(Instant at) {
  // The town's clock is nine hours ahead.
  const Instant shifted = at.plus_seconds(-9 * 3600);
  const std::string day = base::date_of(shifted).iso();
  const int minutes = base::time_of(shifted).minutes;
  const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return day.substr(0, 4) + day.substr(5, 2) + day.substr(8, 2) + "T" + two(minutes / 60) +
         two(minutes % 60) + "00Z";
}

std::string in_url(std::string_view text) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (const char sign : text) {
    const auto byte = static_cast<unsigned char>(sign);
    if ((sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') || (sign >= '0' && sign <= '9')) {
      out += sign;
    } else {
      out += '%';
      out += kDigits[byte >> 4];
      out += kDigits[byte & 15];
    }
  }
  return out;
}

void add_text(Nodes& out, const NoticeText& text, const std::string& language) {
  std::size_t at = 0;
  int number = 0;
  while (at < text.text.size()) {
    const std::size_t end = std::min(text.text.find('\n', at), text.text.size());
    if (end > at) {
      screen::Node line = screen::text("line." + std::to_string(++number), text.text.substr(at, end - at));
      line.language = language;
      out.push_back(std::move(line));
    }
    at = end + 1;
  }
}

constexpr std::size_t kTextShown = 20000;  // bytes of an attachment that is shown as text

std::string size_text(std::uint64_t bytes) {
  if (bytes < 1024 * 1024) return std::to_string((bytes + 1023) / 1024) + " KB";
  const std::uint64_t tenths = (bytes * 10 + (1 << 19)) >> 20;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " MB";
}

// A name as a file may have: no folder, no sign that means something to a system.
std::string file_name(const Attachment& file) {
  std::string out;
  for (const char sign : file.name) {
    const bool bad = static_cast<unsigned char>(sign) < 0x20 || sign == '/' || sign == '\\' || sign == ':' ||
                     sign == '*' || sign == '?' || sign == '"' || sign == '<' || sign == '>' || sign == '|';
    out += bad ? '_' : sign;
  }
  return out.empty() || out[0] == '.' ? "file" + out : out;
}

bool is_picture(const Attachment& file) {
  return file.media_type.starts_with("image/") && opens_as_itself(file.media_type);
}

// A picture is shown, a document is handed to the person as a file. Whatever else it says that it is - a
// page, a drawing that can run a program - is shown as the text that it is, and opened by nothing.
void add_attachment(Nodes& out, const PhoneContext& context, const Attachment& file,
                    const std::string& foreign) {
  const auto& words = context.words;
  const std::string id = base::to_hex(file.hash);
  const auto held = context.book.blob(file.hash);
  if (!held.ok() || !*held) {
    screen::Node fetch = screen::button(
        "fetch." + id, words("notice.attached.fetch", {{"name", file.name}, {"size", size_text(file.size)}}));
    fetch.busy = context.follower.fetching(file.hash);
    out.push_back(std::move(fetch));
    if (context.follower.failed(file.hash))
      out.push_back(screen::alert("failed." + id, words("notice.attached.failed"), Tone::Warning));
    else if (file.size > kBlobForAll)
      out.push_back(screen::text("how." + id, words("notice.attached.fetch.how")));
    return;
  }
  if (is_picture(file)) {
    out.push_back(
        screen::photo("picture." + id, file.name.empty() ? words("notice.attached") : file.name, id));
    out.back().hint = file.name;
    return;
  }
  if (opens_as_itself(file.media_type) && file.media_type != "text/plain") {
    out.push_back(screen::button("file." + id, words("notice.attached.open", {{"name", file.name}})));
    return;
  }
  const std::string_view whole = base::text_view(**held);
  if (!base::is_utf8(whole)) {
    out.push_back(screen::text("unread." + id, file.name + "　" + words("notice.attached.unreadable")));
    return;
  }
  Nodes lines;
  std::string shown =
      code::content::cleaned(base::from_code_points(base::to_code_points(whole.substr(0, kTextShown))));
  std::size_t at = 0;
  int number = 0;
  while (at < shown.size()) {
    const std::size_t end = std::min(shown.find('\n', at), shown.size());
    if (end > at) {
      lines.push_back(
          screen::text("text." + id + "." + std::to_string(++number), shown.substr(at, end - at)));
      lines.back().language = foreign;
    }
    at = end + 1;
  }
  if (lines.empty()) return;
  out.push_back(screen::group("text." + id, file.name.empty() ? words("notice.attached") : file.name,
                              std::move(lines)));
  out.back().collapsed = true;
}

const NoticeText& chosen(const NoticeBody& body, const std::string& language, const words::Words& words) {
  for (const NoticeText& one : body.texts)
    if (one.language == language) return one;
  return text_for(body, words.language());
}

}  // namespace

const NoticeText& text_for(const NoticeBody& body, std::string_view language) {
  const auto find = [&body](std::string_view tag) -> const NoticeText* {
    for (const NoticeText& one : body.texts)
      if (one.language == tag) return &one;
    return nullptr;
  };
  if (const NoticeText* own = find(language)) return *own;
  if (language.starts_with("ja"))
    if (const NoticeText* plain = find("ja")) return *plain;
  if (!language.starts_with("ja"))
    for (const char* second : {"en", "ja-x-easy"})
      if (const NoticeText* text = find(second)) return *text;
  return body.texts[0];
}

std::string theme_name(const words::Words& words, const std::string& theme) {
  for (const char* known : {"disaster", "child", "garbage", "health", "event", "procedure"})
    if (theme == known) return words("notice.theme." + theme);
  return theme;
}

std::string calendar_entry(const NoticeEntry& entry, const NoticeText& text, Instant now) {
  std::string out;
  add_line(out, "BEGIN:VCALENDAR");
  add_line(out, "VERSION:2.0");
  add_line(out, "PRODID:-//Machikado//Notices//EN");
  add_line(out, "BEGIN:VEVENT");
  add_line(out, "UID:notice-" + std::to_string(entry.serial) + "@machikado");
  add_line(out, "DTSTAMP:" + utc(now));
  add_line(out, "DTSTART:" + utc(*entry.body.begins));
  if (entry.body.ends) add_line(out, "DTEND:" + utc(*entry.body.ends));
  add_line(out, "SUMMARY:" + escaped(text.title));
  if (!entry.body.place.empty()) add_line(out, "LOCATION:" + escaped(entry.body.place));
  if (!text.text.empty()) add_line(out, "DESCRIPTION:" + escaped(text.text));
  if (!entry.body.link.empty()) add_line(out, "URL:" + entry.body.link);
  add_line(out, "END:VEVENT");
  add_line(out, "END:VCALENDAR");
  return out;
}

std::optional<screen::Screen> OneNotice::view(const PhoneContext& context, const std::string& serial) const {
  const NoticeEntry* entry = context.find(serial);
  if (!entry) return std::nullopt;
  const auto& words = context.words;
  const NoticeBody& body = entry->body;
  const NoticeText& text = chosen(body, language_, words);
  const std::string foreign = words.foreign(text.language);
  screen::Screen out = phone_frame(context, std::string(kOne) + "/" + serial, text.title);
  if (entry->header.importance != Importance::Normal) {
    const bool urgent = entry->header.importance == Importance::Emergency;
    out.main.push_back(screen::badge(
        "importance", words(urgent ? "notice.importance.emergency" : "notice.importance.important"),
        urgent ? Tone::Danger : Tone::Warning, Icon::Warning));
  }
  if (entry->corrected) {
    out.main.push_back(screen::alert(
        "corrected", words("notice.corrected", {{"when", words.moment(*entry->corrected, context.now)}}),
        Tone::Info));
    out.main.back().icon = Icon::Edit;
  }
  add_text(out.main, text, foreign);
  if (body.texts.size() > 1) {
    std::vector<screen::Option> options;
    for (const NoticeText& one : body.texts) {
      options.push_back(
          screen::option(one.language, words.language_name(one.language), one.language == text.language));
    }
    out.main.push_back(
        screen::choice("language", words("notice.in-language"), Kind::Single, std::move(options)));
  }
  Nodes attached;
  for (const Attachment& file : body.attachments) add_attachment(attached, context, file, foreign);
  if (!attached.empty())
    out.main.push_back(screen::group("attached", words("notice.attached"), std::move(attached)));
  Nodes facts;
  facts.push_back(screen::fact("at", words("notice.at"), words.moment(entry->at, context.now)));
  if (!entry->header.theme.empty())
    facts.push_back(screen::fact("theme", words("notice.theme"), theme_name(words, entry->header.theme)));
  if (body.begins)
    facts.push_back(screen::fact("begins", words("notice.begins"), words.moment(*body.begins, context.now)));
  if (body.ends)
    facts.push_back(screen::fact("ends", words("notice.ends"), words.moment(*body.ends, context.now)));
  if (!body.place.empty()) facts.push_back(screen::fact("place", words("notice.place"), body.place));
  out.main.push_back(screen::facts("facts", words("notice.about"), std::move(facts)));
  if (entry->header.segment.empty())
    out.main.push_back(screen::text("why", words("notice.why.everyone")));
  else
    out.main.push_back(
        screen::text("why", words(entry->concerns == Truth::Yes ? "notice.why.told" : "notice.why.unknown")));
  if (!body.link.empty()) out.main.push_back(screen::link("link", words("notice.link"), body.link));
  if (!body.place.empty())
    out.main.push_back(screen::link("map", words("notice.map"),
                                    "https://www.openstreetmap.org/search?query=" + in_url(body.place)));
  if (body.begins)
    out.main.push_back(
        screen::button("calendar", words("notice.calendar"), screen::Importance::Secondary, Icon::Calendar));
  out.main.push_back(screen::button("speak", words(speaking_ ? "notice.speak.stop" : "notice.speak")));
  out.main.push_back(
      screen::button("share", words("notice.share"), screen::Importance::Secondary, Icon::Send));
  if (context.channels && judged_)
    out.main.push_back(screen::text("useful.thanks", words("notice.useful.thanks")));
  if (context.channels && !judged_)
    out.main.push_back(screen::group("useful", words("notice.useful"),
                                     {screen::button("useful.yes", words("notice.useful.yes")),
                                      screen::button("useful.no", words("notice.useful.no"))}));
  return out;
}

PhoneStep OneNotice::act(const PhoneContext& context, const std::string& serial,
                         const screen::Action& action) {
  PhoneStep out;
  const NoticeEntry* entry = context.find(serial);
  if (!entry) return out;
  const NoticeText& text = chosen(entry->body, language_, context.words);
  const std::string whole = words::plain(text.title) + "\n" + text.text;
  if (action.node == "language" && action.action == "choose") language_ = action.value;
  if (action.action != "press") return out;
  if (action.node == "calendar" && entry->body.begins)
    out.save = SavedFile{"notice-" + serial + ".ics", "text/calendar",
                         base::copy(base::view(calendar_entry(*entry, text, context.now)))};
  if (!judged_ && (action.node == "useful.yes" || action.node == "useful.no")) {
    judged_ = true;
    out.use = action.node == "useful.yes" ? "notice.useful.yes" : "notice.useful.no";
  }
  for (const Attachment& file : entry->body.attachments) {
    const std::string id = base::to_hex(file.hash);
    if (action.node == "fetch." + id) out.fetch = file.hash;
    if (action.node != "file." + id) continue;
    if (auto held = context.book.blob(file.hash); held.ok() && *held)
      out.save = SavedFile{file_name(file), file.media_type, std::move(**held)};
  }
  if (action.node == "share")
    out.share = std::pair(text.title, whole + (entry->body.link.empty() ? "" : "\n" + entry->body.link));
  if (action.node == "speak") {
    speaking_ = !speaking_;
    out.speak = std::pair(speaking_ ? whole : std::string(), text.language);
  }
  return out;
}

}  // namespace machi::notice
