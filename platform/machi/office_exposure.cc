// machi office exposure: whose data a device of a school held. Whoever joins a school's mailbox is given the
// key of every epoch, so a device held all that the school had received until it was removed. To be kept as
// one keeps a class list.
#include "core/base/text.h"
#include "core/crypto/drbg.h"
#include "platform/machi/command.h"
#include "platform/town/school_founder.h"

namespace machi::program {
namespace {

struct Exposure {
  std::string folder;
  std::string device;
};

nlohmann::json devices_of(const town::SchoolFounder& school, base::Instant now) {
  nlohmann::json out = nlohmann::json::array();
  for (const auto& device : school.devices(now))
    out.push_back({{"device", base::to_hex(device.key.bytes)},
                   {"name", device.own ? "the founding device" : device.known.name},
                   {"lastWrote", device.known.seen.ms > 0 ? base::date_of(device.known.seen).iso() : ""}});
  return out;
}

nlohmann::json pupil_of(const town::SchoolFounder& school, const absence::Pupil& pupil) {
  nlohmann::json guardians = nlohmann::json::array();
  for (const absence::Guardian& guardian : school.roll().guardians(pupil.record.pupil))
    guardians.push_back(guardian.name);
  nlohmann::json out{{"class", pupil.class_name},
                     {"number", pupil.record.number},
                     {"name", pupil.record.name},
                     {"birth", true},
                     {"telephones", pupil.record.telephones.size()},
                     {"guardians", std::move(guardians)}};
  const auto reports = school.desk().reports(pupil.record.pupil);
  out["reports"] = reports.size();
  if (!reports.empty()) {
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
  auto opened = town::SchoolFounder::open(*town, entropy, now);
  if (!opened.ok() && opened.code() == base::Code::Conflict)
    return complain("The hub of the town is running; stop it first, or use a restored backup's folder.");
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
  if (!member && school.roll().desk(crypto::SignPublic{*key}).seen.ms == 0)
    return complain("No device of this name was ever one of the school's.");
  nlohmann::json pupils = nlohmann::json::array();
  for (const absence::SchoolClass& one : school.roll().classes())
    for (const absence::Pupil& pupil : school.roll().pupils(one.id))
      pupils.push_back(pupil_of(school, pupil));
  print({{"device", options.device},
         {"removed", !member},
         {"held", "names, birth dates, telephones, guardians and reports of all pupils named here"},
         {"pupils", std::move(pupils)}});
  return kDone;
}

}  // namespace

Action declare_office_exposure(CLI::App& app) {
  auto options = std::make_shared<Exposure>();
  app.add_option("DIR", options->folder, "The folder of the town")->required();
  app.add_option("DEVICE", options->device, "The device, as listed without this");
  return [options] { return run(*options); };
}

}  // namespace machi::program
