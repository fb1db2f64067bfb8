// machi notice answers, menu: what every phone has beside the notices - the chatbot's answers and the menu's
// tiles - into the town's signed feed (core/notice/feed/booklet.h).
#include "core/notice/answers/answer_pack.h"
#include "core/notice/segment/segment.h"
#include "platform/host/file.h"
#include "platform/machi/json_input.h"
#include "platform/machi/notice_commands.h"
#include "platform/machi/tables.h"
#include "platform/town/notice_desk.h"

namespace machi::program {
namespace {

using base::Result;
namespace fs = std::filesystem;

constexpr std::size_t kFileLimit = 4 << 20;

struct Booklets {
  std::string town, from;
};

Result<std::vector<notice::MenuTile>> read_menu(const nlohmann::json& json) {
  const Field root(json);
  MACHI_TRY(root.only({"tiles"}));
  std::vector<notice::MenuTile> out;
  MACHI_TRY_SET(tiles, root["tiles"].items());
  for (const Field& one : tiles) {
    MACHI_TRY(one.only({"id", "names", "icon", "target", "segment"}));
    notice::MenuTile tile;
    MACHI_TRY_SET(id, one["id"].text());
    MACHI_TRY_SET(target, one["target"].text());
    tile.id = id;
    tile.target = target;
    if (!one["names"].json().is_object() || !one["names"].json().contains("ja"))
      return one["names"].fault(base::Code::BadInput, "an object with \"ja\" is expected");
    MACHI_TRY_SET(original, one["names"]["ja"].text());
    tile.names.push_back({"ja", original});
    for (const auto& [language, name] : one["names"].json().items()) {
      if (language == "ja") continue;
      MACHI_TRY_SET(text, one["names"][language].text());
      tile.names.push_back({language, text});
    }
    if (one["icon"].given()) {
      MACHI_TRY_SET(icon, one["icon"].text());
      tile.icon = icon;
    }
    if (one["segment"].given()) {
      MACHI_TRY_SET(segment, one["segment"].text());
      const auto whom = notice::parse_segment(segment);
      if (!whom.ok()) return one["segment"].fault(whom.error());
      tile.segment = notice::segment_text(*whom);
    }
    // What a phone would refuse is refused here, where somebody can mend it.
    if (const auto read = notice::decode_menu(notice::encode_menu({tile})); !read.ok())
      return one.fault(read.error());
    out.push_back(std::move(tile));
  }
  if (const auto read = notice::decode_menu(notice::encode_menu(out)); !read.ok())
    return root.fault(read.error());
  return out;
}

int answers(const Booklets& options) {
  const auto town = town::open_town(options.town);
  if (!town.ok()) return complain("There is no town in " + options.town, town.error());
  std::string texts[3];
  const char* const names[] = {"questions.csv", "garbage.csv", "kinds.csv"};
  for (int i = 0; i < 3; ++i) {
    const auto bytes = host::read_file(fs::path(options.from) / names[i], kFileLimit);
    if (!bytes.ok()) return complain(std::string(names[i]) + " cannot be read", bytes.error());
    texts[i] = std::string(base::text_view(*bytes));
  }
  const auto read = notice::read_answers(texts[0], texts[1], texts[2]);
  if (!read.ok()) return complain("The answers are refused", read.error());
  const auto done = town::publish_booklet(*town, notice::kAnswersBooklet,
                                          notice::encode_answers(texts[0], texts[1], texts[2]), system_now());
  if (!done.ok()) return complain("The answers could not be published", done.error());
  print({{"answers", read->entries.size()}, {"kinds", read->kinds.size()}});
  return kDone;
}

int menu(const Booklets& options) {
  const auto town = town::open_town(options.town);
  if (!town.ok()) return complain("There is no town in " + options.town, town.error());
  const auto json = read_json(options.from);
  if (!json.ok()) return complain("The menu cannot be read", json.error());
  const auto tiles = read_menu(*json);
  if (!tiles.ok()) return complain("The menu is refused", tiles.error());
  const auto done =
      town::publish_booklet(*town, notice::kMenuBooklet, notice::encode_menu(*tiles), system_now());
  if (!done.ok()) return complain("The menu could not be published", done.error());
  print({{"tiles", tiles->size()}});
  return kDone;
}

}  // namespace

base::Status publish_sample_booklets(const town::TownFolder& town, base::Instant now) {
  MACHI_TRY(town::publish_booklet(
      town, notice::kAnswersBooklet,
      notice::encode_answers(sample_questions(), sample_garbage(), sample_garbage_kinds()), now));
  const auto json = nlohmann::json::parse(sample_menu(), nullptr, false);
  if (json.is_discarded()) return base::fail(base::Code::BadInput, "the sample's menu");
  MACHI_TRY_SET(tiles, read_menu(json));
  return town::publish_booklet(town, notice::kMenuBooklet, notice::encode_menu(tiles), now);
}

Action declare_notice_answers(CLI::App& app) {
  auto options = std::make_shared<Booklets>();
  app.add_option("TOWN", options->town, "The town's folder, with its editor's key")->required();
  app.add_option("DIR", options->from, "A folder with questions.csv, garbage.csv and kinds.csv")->required();
  app.footer(
      "The chatbot's answers on every phone from its next look on; those of before are forgotten. questions: "
      "id,field,question,reading,others,answer (others are \"表記/よみ;表記\"). garbage: "
      "name,reading,synonyms,kind,note. kinds: kind,label,how,days (days are \"1=月・木;2=火・金\", by "
      "district). One JSON object: how many answers and kinds of garbage.");
  return [options] { return answers(*options); };
}

Action declare_notice_menu(CLI::App& app) {
  auto options = std::make_shared<Booklets>();
  app.add_option("TOWN", options->town, "The town's folder, with its editor's key")->required();
  app.add_option("MENU.json", options->from, "The tiles, or - for standard input")->required();
  app.footer(
      "{\"tiles\": [{\"id\": \"garbage\", \"names\": {\"ja\": \"ごみの日\", \"en\": \"...\"}, \"icon\": "
      "\"calendar\", \"target\": \"garbage\", \"segment\": \"...\"}]}. A phone shows the first six that "
      "concern its owner for certain. Targets: ask, ask:QUESTION, garbage, search, important, theme:THEME, "
      "profile, settings, app:home, app:history. Icons: mail, calendar, warning, help, person, people, "
      "school, "
      "home, search, telephone, settings. One JSON object: how many tiles.");
  return [options] { return menu(*options); };
}

}  // namespace machi::program
