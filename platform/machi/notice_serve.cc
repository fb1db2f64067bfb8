// machi notice serve: the town's press. Follows the office of notices and puts what its desks have approved
// into the signed feed (platform/town/notice_press.h). Ends on SIGTERM or SIGINT, between two looks.
#include <csignal>
#include <thread>

#include "core/crypto/drbg.h"
#include "platform/machi/notice_commands.h"
#include "platform/machi/tables.h"
#include "platform/town/alert_desk.h"
#include "platform/town/notice_press.h"
#include "platform/town/notice_sums.h"

namespace machi::program {
namespace {

volatile std::sig_atomic_t stop_asked = 0;

struct NoticeServe {
  std::string folder, hub, office = "notice", alerts;
  std::vector<std::string> areas;
  int every = 2;
  bool once = false;
};

base::Result<town::AlertDesk> open_alerts(const NoticeServe& options, const town::TownFolder& town) {
  MACHI_TRY_SET(meanings, notice::AlertMeanings::read(alert_meanings()));
  MACHI_TRY_SET(texts, town::AlertTexts::read(alert_texts()));
  return town::AlertDesk::open(town, options.office, std::move(meanings), std::move(texts), options.areas);
}

base::Status look_at_alerts(town::AlertDesk& desk, town::SchoolFounder& office, const std::string& folder,
                            base::Instant now) {
  MACHI_TRY_SET(run, desk.look(office, folder, now));
  if (run.drafted + run.refused + run.elsewhere > 0)
    print_line({{"alerts", run.drafted},
                {"alertsElsewhere", run.elsewhere},
                {"alertsRefused", run.refused},
                {"reasons", run.reasons}});
  return {};
}

int serve(const NoticeServe& options) {
  const auto town = town::open_town(options.folder);
  if (!town.ok()) return complain("There is no town in " + options.folder, town.error());
  if (const auto editor = town::read_key(*town, "editor"); !editor.ok())
    return complain("The editor's key is not here: keys/editor.key", editor.error());
  crypto::SystemEntropy entropy;
  std::signal(SIGTERM, [](int) { stop_asked = 1; });
  std::signal(SIGINT, [](int) { stop_asked = 1; });
  std::unique_ptr<town::SchoolFounder> office;
  std::optional<town::AlertDesk> alerts;
  bool told = false;
  while (stop_asked == 0) {
    if (!office) {
      auto opened = town::SchoolFounder::open(*town, entropy, system_now(), options.office, options.hub);
      if (opened.ok() && (*opened)->school().is_zero())
        return complain(
            "There is no office of notices yet; machi office found --kind notice --folder notice makes it.");
      if (opened.ok()) {
        office = std::move(*opened);
        if (!options.alerts.empty() && !alerts) {
          auto desk = open_alerts(options, *town);
          if (!desk.ok()) return complain("The disaster messages cannot be kept", desk.error());
          alerts.emplace(std::move(*desk));
        }
        if (!told) print_line({{"office", office->school().hex()}, {"town", town->town.id.hex()}});
        told = true;
      } else if (options.once) {
        return complain("The office of notices cannot be opened", opened.error());
      } else {
        complain("The hub is not there; it is asked again", opened.error());
      }
    }
    if (office) {
      const base::Instant now = system_now();
      auto done = office->look(now);
      if (done.ok() && alerts) done = look_at_alerts(*alerts, *office, options.alerts, now);
      if (done.ok()) {
        const auto run = town::press(*office, *town, now);
        if (run.ok() && run->published + run->corrected + run->withdrawn + run->refused > 0)
          print_line({{"published", run->published},
                      {"corrected", run->corrected},
                      {"withdrawn", run->withdrawn},
                      {"refused", run->refused}});
        done = run.ok() ? base::Status() : base::Status(run.error());
        if (done.ok())
          if (const auto sums = town::tell_sums(*office, *town, now); !sums.ok()) done = sums.error();
      }
      if (!done.ok()) {
        complain("Not done; it is tried again", done.error());
        if (options.once) return kFailed;
        office.reset();
      }
    }
    if (options.once) return kDone;
    for (int tenth = 0; tenth < options.every * 10 && stop_asked == 0; ++tenth)
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return kDone;
}

}  // namespace

Action declare_notice_serve(CLI::App& app) {
  auto options = std::make_shared<NoticeServe>();
  app.add_option("TOWN", options->folder, "The town's folder, with its editor's key")->required();
  app.add_option("--hub", options->hub, "Origin of the hub, when it runs: http://localhost:8081");
  app.add_option("--office", options->office, "Folder of the office's founding device, in the town's folder")
      ->capture_default_str();
  app.add_option("--every", options->every, "Seconds between two looks")
      ->check(CLI::Range(1, 3600))
      ->capture_default_str();
  app.add_option("--alerts", options->alerts,
                 "A folder into which disaster messages come as files: CAP 1.2 or 気象庁防災情報XML");
  app.add_option("--area", options->areas, "Code or name of an area that is the town's; none: every area");
  app.add_flag("--once", options->once, "Look once, and end");
  app.footer(
      "The desks of notices write, approve and withdraw by sealed mail to their own office; this program is "
      "the office's member that holds the editor's key, so that no tablet does. A notice goes into the feed "
      "when "
      "a device other than its writer's has approved that very version, or an emergency's writer has said so "
      "alone; at its time, when it has one. Killed at any moment it prints nothing twice. One line of JSON "
      "when "
      "it stands, and one for each look that changed the feed: {\"published\", \"corrected\", \"withdrawn\", "
      "\"refused\"}. A disaster message becomes a draft at the desks, in twelve languages, an update or an "
      "all-clear the next version of it; somebody there approves it. An exercise or a test says so and is no "
      "emergency. What is broken or unknown is kept with its reason and stops nothing: {\"alerts\", "
      "\"alertsElsewhere\", \"alertsRefused\", \"reasons\"}.");
  return [options] {
    while (options->hub.ends_with('/')) options->hub.pop_back();
    return serve(*options);
  };
}

}  // namespace machi::program
