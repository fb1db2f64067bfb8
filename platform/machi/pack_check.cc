// machi pack check and machi pack sign: a town's rules before anybody is told anything by them
// (core/rules/PACK.md).
#include <filesystem>

#include "core/pages/pack_shelf.h"
#include "core/rules/signed_pack.h"
#include "platform/host/file.h"
#include "platform/hub/feed_store.h"
#include "platform/machi/pack_folder.h"
#include "platform/machi/rule_commands.h"
#include "platform/town/town_folder.h"

namespace machi::program {
namespace {

struct PackCheck {
  std::string what;
  std::string town;
  std::int64_t held = 0;
};

struct PackSign {
  std::string folder;
  std::string town;
  std::string out;
  std::string site;
};

nlohmann::json summary(const rules::Pack& pack) {
  nlohmann::json levels = nlohmann::json::object();
  int invented = 0, asked = 0;
  for (const rules::Benefit& benefit : pack.benefits) {
    levels[benefit.level] = levels.value(benefit.level, 0) + 1;
    invented += benefit.source.invented ? 1 : 0;
  }
  for (const rules::Fact& fact : pack.facts) asked += fact.derivation == rules::Derivation::Asked ? 1 : 0;
  return {{"id", pack.id},
          {"version", pack.version},
          {"issued", pack.issued.iso()},
          {"benefits", pack.benefits.size()},
          {"levels", levels},
          {"inventedSamples", invented},
          {"facts", pack.facts.size()},
          {"asked", asked},
          {"tables", pack.tables.size()},
          {"pointSchemes", pack.schemes.size()},
          {"testsHeld", pack.tests}};
}

base::Result<rules::Pack> open_signed(const PackCheck& options) {
  MACHI_TRY_SET(bytes, host::read_file(options.what, rules::kPackLimit));
  MACHI_TRY_SET(town, town::open_town(options.town));
  MACHI_TRY_SET(editor, town::read_key(town, "editor"));
  std::optional<rules::HeldPack> held;
  if (options.held > 0) {
    // Which pack is held is not known here: the one that is offered, at the version that was named.
    MACHI_TRY_SET(offered, rules::open_pack(bytes, town.town.id, {editor.open}, std::nullopt));
    held = rules::HeldPack{offered.id, options.held};
  }
  return rules::open_pack(bytes, town.town.id, {editor.open}, held);
}

int check(const PackCheck& options) {
  std::error_code error;
  const bool folder = std::filesystem::is_directory(options.what, error);
  if (!folder && options.town.empty()) return complain("A signed pack is checked with --town");
  const auto pack = folder ? pack_in(options.what) : open_signed(options);
  if (!pack.ok()) return complain("This pack is refused", pack.error());
  print(summary(*pack));
  return kDone;
}

int sign(const PackSign& options) {
  const auto written = read_pack_folder(options.folder);
  if (!written.ok()) return complain("This pack is refused", written.error());
  const auto pack = rules::read_pack(*written);
  if (!pack.ok()) return complain("This pack is refused", pack.error());
  const auto town = town::open_town(options.town);
  if (!town.ok()) return complain("There is no town in " + options.town, town.error());
  const auto editor = town::read_key(*town, "editor");
  if (!editor.ok()) return complain("The editor's key is not in the town's folder", editor.error());
  const base::Bytes made = rules::sign_pack(town->town.id, *written, *editor);
  if (const auto kept = host::write_file(options.out, made); !kept.ok())
    return complain("The signed pack cannot be written", kept.error());
  if (!options.site.empty()) {
    const auto file = site_pack(*town, *written, *editor);
    if (!file.ok()) return complain("The town's delegations cannot be read", file.error());
    if (const auto kept = host::write_file(options.site, *file); !kept.ok())
      return complain("The file for the site cannot be written", kept.error());
  }
  nlohmann::json said = summary(*pack);
  said["bytes"] = made.size();
  print(said);
  return kDone;
}

}  // namespace

base::Result<base::Bytes> site_pack(const town::TownFolder& town, const code::Cbor& pack,
                                    const crypto::SignKey& editor) {
  MACHI_TRY_SET(delegations, hub::FolderFeed(town.feed()).delegations());
  return pages::encode_pack_file(delegations, rules::sign_pack(town.town.id, pack, editor));
}

Action declare_pack_check(CLI::App& app) {
  auto options = std::make_shared<PackCheck>();
  app.add_option("DIR", options->what, "The pack's folder with its pack.json, or a signed pack")->required();
  app.add_option("--town", options->town, "The town's folder: whose editor must have signed");
  app.add_option("--held", options->held, "The version that a phone holds: an older or equal one is refused");
  app.footer(
      "Reads the pack, refuses it with place and reason (an unknown field, an undefined fact, a circle, rows "
      "that overlap, a claim "
      "of monotony or a test of the pack's own that does not hold; unsigned, of another town, older), or "
      "prints what is in it as one "
      "JSON object.");
  return [options] { return check(*options); };
}

Action declare_pack_sign(CLI::App& app) {
  auto options = std::make_shared<PackSign>();
  app.add_option("DIR", options->folder, "The pack's folder")->required();
  app.add_option("--town", options->town, "The town's folder with its editor's key")->required();
  app.add_option("--out", options->out, "The file for the signed pack")->required();
  app.add_option("--site", options->site,
                 "Also writes what phones take: rules.machi, to lie beside the app's config.json");
  app.footer(
      "Checks the pack as `machi pack check` does, then writes it as one signed file. With --site the same "
      "with "
      "the delegations of the town's root, so that a phone can check it with nothing but its town pack.");
  return [options] { return sign(*options); };
}

}  // namespace machi::program
