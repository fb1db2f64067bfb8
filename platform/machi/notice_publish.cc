// machi notice publish, correct, withdraw: notices by hand, into the town's signed feed
// (platform/town/notice_desk.h).
#include "core/base/text.h"
#include "core/crypto/drbg.h"
#include "core/notice/alert/alert.h"
#include "core/notice/segment/segment.h"
#include "platform/host/file.h"
#include "platform/machi/json_input.h"
#include "platform/machi/notice_commands.h"
#include "platform/town/notice_desk.h"

namespace machi::program {
namespace {

using base::Result;

struct Publish {
  std::string town, file;
  std::vector<std::string> attached;
  std::uint64_t corrects = 0;
  bool is_correction = false;
};
struct Withdraw {
  std::string town;
  std::uint64_t serial = 0;
};
struct Written {
  notice::NoticeHeader header;
  notice::NoticeBody body;
};

Result<std::optional<base::Instant>> moment(const Field& field) {
  if (!field.given()) return std::optional<base::Instant>{};
  MACHI_TRY_SET(text, field.text());
  const auto at = notice::parse_moment(text);
  if (!at.ok()) return field.fault(at.error());
  return std::optional<base::Instant>{*at};
}

Result<std::string> text_if(const Field& field) {
  return field.given() ? field.text() : Result<std::string>("");
}

Result<notice::Importance> importance(const Field& field) {
  MACHI_TRY_SET(text, text_if(field));
  if (text.empty() || text == "normal") return notice::Importance::Normal;
  if (text == "important") return notice::Importance::Important;
  if (text == "emergency") return notice::Importance::Emergency;
  return field.fault(base::Code::BadInput, "normal, important or emergency is expected");
}

Result<Written> read(const nlohmann::json& input) {
  const Field root(input);
  MACHI_TRY(root.only(
      {"segment", "importance", "theme", "from", "until", "texts", "link", "place", "begins", "ends"}));
  Written out;
  MACHI_TRY_SET(segment, text_if(root["segment"]));
  const auto whom = notice::parse_segment(segment);
  if (!whom.ok()) return root["segment"].fault(whom.error());
  const std::string one_form = notice::segment_text(*whom);
  out.header.segment = one_form == "everyone" ? "" : one_form;
  MACHI_TRY_SET(weight, importance(root["importance"]));
  MACHI_TRY_SET(theme, text_if(root["theme"]));
  MACHI_TRY_SET(from, moment(root["from"]));
  MACHI_TRY_SET(until, moment(root["until"]));
  MACHI_TRY_SET(begins, moment(root["begins"]));
  MACHI_TRY_SET(ends, moment(root["ends"]));
  MACHI_TRY_SET(link, text_if(root["link"]));
  MACHI_TRY_SET(place, text_if(root["place"]));
  out.header.importance = weight;
  out.header.theme = theme;
  out.header.from = from;
  out.header.until = until;
  out.body.begins = begins;
  out.body.ends = ends;
  out.body.link = link;
  out.body.place = place;
  MACHI_TRY_SET(texts, root["texts"].items());
  if (texts.empty()) return root["texts"].fault(base::Code::Missing, "one text at least is needed");
  for (const Field& one : texts) {
    MACHI_TRY(one.only({"language", "title", "text"}));
    MACHI_TRY_SET(language, one["language"].text());
    MACHI_TRY_SET(title, one["title"].text());
    MACHI_TRY_SET(words, text_if(one["text"]));
    out.body.texts.push_back({language, title, words});
  }
  return out;
}

// What a file says that it is, by its name; what is not known is shown as text.
std::string media_type_of(const std::filesystem::path& file) {
  const std::string ending = base::search_form(file.extension().string());
  constexpr std::pair<const char*, const char*> kTypes[] = {
      {".jpg", "image/jpeg"},    {".jpeg", "image/jpeg"},     {".png", "image/png"},
      {".webp", "image/webp"},   {".pdf", "application/pdf"}, {".txt", "text/plain"},
      {".ics", "text/calendar"}, {".svg", "image/svg+xml"},   {".html", "text/html"}};
  for (const auto& [known, type] : kTypes)
    if (ending == known) return type;
  return "application/octet-stream";
}

Result<std::vector<notice::Attachment>> attach(const town::TownFolder& town,
                                               const std::vector<std::string>& files) {
  std::vector<notice::Attachment> out;
  if (files.size() > notice::kAttachments)
    return base::fail(base::Code::TooMany, "eight attachments at most");
  for (const std::string& name : files) {
    const std::filesystem::path file = name;
    MACHI_TRY_SET(bytes, host::read_file(file, notice::kAttachmentLimit));
    MACHI_TRY_SET(one, town::put_attachment(town, bytes, media_type_of(file), file.filename().string()));
    out.push_back(std::move(one));
  }
  return out;
}

int publish(const Publish& options) {
  const auto town = town::open_town(options.town);
  if (!town.ok()) return complain("There is no town in " + options.town, town.error());
  const auto input = read_json(options.file);
  if (!input.ok()) return complain("The notice cannot be read", input.error());
  auto written = read(*input);
  if (!written.ok()) return complain("The notice is refused", written.error());
  if (options.is_correction) {
    // A correction stands in the notice's place: without a word it would reach everybody.
    if (!input->contains("segment"))
      return complain("A correction says whom it concerns: \"segment\", which may be \"everyone\"");
    written->header.act = notice::NoticeAct::Correct;
    written->header.of = options.corrects;
  }
  auto attached = attach(*town, options.attached);
  if (!attached.ok()) return complain("An attachment is refused", attached.error());
  written->body.attachments = std::move(*attached);
  crypto::SystemEntropy entropy;
  const auto serial = town::publish_notice(*town, written->header, written->body, entropy, system_now());
  if (!serial.ok()) return complain("The notice could not be published", serial.error());
  print({{"notice", *serial},
         {"segment", written->header.segment.empty() ? "everyone" : written->header.segment}});
  return kDone;
}

int withdraw(const Withdraw& options) {
  const auto town = town::open_town(options.town);
  if (!town.ok()) return complain("There is no town in " + options.town, town.error());
  const auto done = town::withdraw_notice(*town, options.serial, system_now());
  if (!done.ok()) return complain("The notice could not be withdrawn", done.error());
  print({{"withdrawn", options.serial}});
  return kDone;
}

constexpr const char* kForm =
    "NOTICE.json is {\"texts\": [{\"language\": \"ja\", \"title\": \"...\", \"text\": \"...\"}], and, where "
    "wanted, \"segment\": \"child 6m..3y and district 3, 4\" (machi segment match --help), \"importance\": "
    "\"normal\", \"important\" or \"emergency\", \"theme\": \"garbage\", \"from\" and \"until\": when it is "
    "shown, \"link\": \"https://...\", \"place\", \"begins\" and \"ends\" of an event (2026-12-01T09:00:00"
    "+09:00)}; the first text is the original. One JSON object: the notice's number and its segment in the "
    "one "
    "form.";

}  // namespace

Action declare_notice_publish(CLI::App& app) {
  auto options = std::make_shared<Publish>();
  app.add_option("TOWN", options->town, "The town's folder, with its editor's key")->required();
  app.add_option("NOTICE.json", options->file, "What is told and whom it concerns, or - for standard input")
      ->required();
  app.add_option(
      "--attach", options->attached,
      "A file that goes with it, at most 4 MB, up to eight times; pictures are shown, PDF is handed "
      "over, anything else is shown as text");
  app.footer(kForm);
  return [options] { return publish(*options); };
}

Action declare_notice_correct(CLI::App& app) {
  auto options = std::make_shared<Publish>();
  options->is_correction = true;
  app.add_option("TOWN", options->town, "The town's folder, with its editor's key")->required();
  app.add_option("NOTICE", options->corrects, "The notice's number")->required();
  app.add_option("NOTICE.json", options->file, "The notice as it should be, or - for standard input")
      ->required();
  app.add_option(
      "--attach", options->attached,
      "A file that goes with it, at most 4 MB, up to eight times; pictures are shown, PDF is handed "
      "over, anything else is shown as text");
  app.footer(kForm);
  return [options] { return publish(*options); };
}

Action declare_notice_withdraw(CLI::App& app) {
  auto options = std::make_shared<Withdraw>();
  app.add_option("TOWN", options->town, "The town's folder, with its editor's key")->required();
  app.add_option("NOTICE", options->serial, "The notice's number")->required();
  app.footer(
      "Writes the withdrawal into the feed and takes the notice's words, those of its corrections too, out "
      "of "
      "the feed's files: what stays signed is a hash that tells nothing. Phones forget it when they next "
      "look. "
      "Export again afterwards.");
  return [options] { return withdraw(*options); };
}

}  // namespace machi::program
