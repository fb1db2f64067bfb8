// machi feed export and machi feed verify: the public feed as a folder that any web server or CDN may serve
// (core/notice/feed/FEED.md).
#include "core/app/pack.h"
#include "core/notice/alert/alert.h"
#include "core/notice/feed/verify.h"
#include "platform/host/file.h"
#include "platform/machi/notice_commands.h"
#include "platform/machi/rule_commands.h"
#include "platform/town/notice_desk.h"

namespace machi::program {
namespace {

using nlohmann::ordered_json;

struct FeedExport {
  std::string folder, town = ".";
};
struct FeedVerify {
  std::string folder, pack, now;
};

int export_to(const FeedExport& options) {
  const auto town = town::open_town(options.town);
  if (!town.ok()) return complain("There is no town in " + options.town, town.error());
  const auto written = town::export_feed(*town, options.folder, system_now());
  if (!written.ok()) return complain("The feed could not be exported", written.error());
  print({{"files", *written}, {"folder", options.folder}});
  return kDone;
}

ordered_json moment_or_null(const std::optional<base::Instant>& at) {
  return at ? ordered_json(notice::moment_text(*at)) : ordered_json();
}

int verify(const FeedVerify& options) {
  const auto text = host::read_file(options.pack, 1 << 20);
  if (!text.ok()) return complain("The town's pack cannot be read", text.error());
  const auto pack = app::read_pack(base::text_view(*text));
  if (!pack.ok()) return complain("The town's pack cannot be read", pack.error());
  base::Instant now = system_now();
  if (!options.now.empty()) {
    const auto at = notice::parse_moment(options.now);
    if (!at.ok()) return complain("--now is no moment", at.error());
    now = *at;
  }
  const std::filesystem::path folder = options.folder;
  const auto report = notice::verify_feed(
      [&](const std::string& name) { return host::read_file(folder / name, notice::kTextsLimit); },
      pack->town, now);
  ordered_json problems = ordered_json::array();
  for (const auto& one : report.problems) problems.push_back({{"file", one.file}, {"problem", one.what}});
  print_in_order({{"holds", report.problems.empty()},
                  {"head", moment_or_null(report.head)},
                  {"fresh", moment_or_null(report.fresh)},
                  {"pages", report.pages},
                  {"items", report.items},
                  {"offices", report.offices},
                  {"notices", report.notices},
                  {"corrections", report.corrections},
                  {"withdrawn", report.withdrawn},
                  {"bodies", report.bodies},
                  {"bytes", report.bytes},
                  {"problems", std::move(problems)}});
  for (const auto& one : report.problems)
    std::fprintf(stderr, "machi: %s %s\n", one.file.c_str(), one.what.c_str());
  return report.problems.empty() ? kDone : kFailed;
}

}  // namespace

Action declare_feed_export(CLI::App& app) {
  auto options = std::make_shared<FeedExport>();
  app.add_option("DIR", options->folder, "The folder to write; an older export in it is renewed")->required();
  app.add_option("--town", options->town, "The town's folder")->capture_default_str();
  app.footer(
      "Writes head.cbor (with the hub's word that it is the newest: export at least daily), "
      "delegations.cbor, "
      "page-N.cbor (signed, at most 64 KB, never changed once the next one is there) and texts-N.cbor (the "
      "words of page N's notices, by hash).");
  return [options] { return export_to(*options); };
}

Action declare_feed_verify(CLI::App& app) {
  auto options = std::make_shared<FeedVerify>();
  app.add_option("DIR", options->folder, "An exported feed")->required();
  app.add_option("--pack", options->pack, "The town's pack.json: its id and its root key")->required();
  app.add_option("--now", options->now, "Taken as now (2026-11-24T09:00:00+09:00)");
  app.footer(
      "One JSON object: holds, the head's time and when the hub last said that it is the newest, what is in "
      "the "
      "feed, and every problem with its file: a signature that does not hold, a key that nobody delegated or "
      "whose time is over, a page that is cut, missing or does not follow the one before, a stale head, "
      "words "
      "that are missing, forged, or withdrawn and still there. Exit code 1 when there is a problem.");
  return [options] { return verify(*options); };
}

}  // namespace machi::program
