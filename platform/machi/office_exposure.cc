// machi office exposure: whose data a device of a school held, also while the hub runs. Whoever joins a
// school's mailbox is given the key of every epoch, and after a removal a new one begins: so a device held
// all that was sealed up to the last epoch before it was removed, about pupils who have left too. To be kept
// as one keeps a class list.
#include "core/base/text.h"
#include "core/crypto/drbg.h"
#include "platform/machi/command.h"
#include "platform/town/school_founder.h"

namespace machi::program {
namespace {

struct Exposure {
  std::string folder;
  std::string device;
  std::string hub = "http://localhost:8081";
};

nlohmann::json devices_of(const town::SchoolFounder& school, base::Instant now) {
  nlohmann::json out = nlohmann::json::array();
  for (const auto& device : school.devices(now))
    out.push_back({{"device", base::to_hex(device.key.bytes)},
                   {"name", device.own ? "the founding device" : device.known.name},
                   {"lastWrote", device.known.seen.ms > 0 ? base::date_of(device.known.seen).iso() : ""}});
  return out;
}

nlohmann::json pupil_of(const town::SchoolFounder& school, const absence::HeldPupil& held) {
  nlohmann::json guardians = nlohmann::json::array();
  for (const absence::Guardian& guardian : school.roll().guardians(held.pupil))
    guardians.push_back(guardian.name);
  nlohmann::json out{{"class", held.class_name}, {"number", held.number},
                     {"name", held.name},        {"onRoll", held.on_roll},
                     {"reports", held.reports},  {"guardians", std::move(guardians)}};
  const auto reports = school.desk().reports(held.pupil);
  if (held.reports > 0 && !reports.empty()) {
    base::Date first = reports.front().shown().report.date, last = first;
    for (const absence::Entry& entry : reports) {
      first = std::min(first, entry.shown().report.date);
      last = std::max(last, entry.shown().report.date);
    }
    out["from"] = first.iso();
    out["to"] = last.iso();
  }
  return out;
}

int run(const Exposure& options) {
  const auto town = town::open_town(options.folder);
  if (!town.ok()) return complain("There is no town in " + options.folder, town.error());
  crypto::SystemEntropy entropy;
  const base::Instant now = system_now();
  auto opened = town::SchoolFounder::open(*town, entropy, now, "school", options.hub);
  if (!opened.ok() && opened.code() == base::Code::Unreachable)
    return complain("The hub of the town is running, but not at " + options.hub +
                    "; name its address with --hub");
  if (!opened.ok()) return complain("The school cannot be opened", opened.error());
  const town::SchoolFounder& school = **opened;
  if (options.device.empty()) {
    print({{"devices", devices_of(school, now)}});
    return kDone;
  }
  const auto wanted = base::from_hex(options.device);
  bool member = false;
  const auto key = base::fixed<32>(wanted.ok() ? base::ByteView(*wanted) : base::ByteView());
  if (!key.ok()) return complain("A device is named by the 64 signs that the list of devices shows.");
  for (const auto& device : school.devices(now)) member |= device.key.bytes == *key;
  const auto epoch = school.last_epoch_of(crypto::SignPublic{*key});
  if (!epoch) return complain("No device of this name was ever one of the school's.");
  nlohmann::json pupils = nlohmann::json::array();
  for (const absence::HeldPupil& held : school.desk().held(*epoch)) pupils.push_back(pupil_of(school, held));
  print({{"device", options.device},
         {"removed", !member},
         {"epochs", *epoch},
         {"held", "names, birth dates, telephones, guardians and reports of all pupils named here"},
         {"pupils", std::move(pupils)}});
  return kDone;
}

}  // namespace

Action declare_office_exposure(CLI::App& app) {
  auto options = std::make_shared<Exposure>();
  app.add_option("DIR", options->folder, "The folder of the town")->required();
  app.add_option("DEVICE", options->device, "The device, as listed without this");
  app.add_option("--hub", options->hub, "Where the hub of the town is asked while it runs")
      ->capture_default_str();
  return [options] {
    while (options->hub.ends_with('/')) options->hub.pop_back();
    return run(*options);
  };
}

}  // namespace machi::program
