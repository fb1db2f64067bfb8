// machi town new: root key, delegated keys, an empty signed feed and the town pack
// (platform/town/town_folder.h).
#include "core/crypto/drbg.h"
#include "platform/machi/command.h"
#include "platform/town/town_folder.h"

namespace machi::program {
namespace {

struct TownNew {
  std::string folder;
  std::string name;
  std::string site;
  std::vector<std::string> closed;
};

int make(const TownNew& options) {
  town::TownPlan plan;
  plan.name = options.name;
  plan.site = options.site;
  for (const std::string& text : options.closed) {
    auto day = base::Date::parse(text);
    if (!day.ok()) return complain("There is no day " + text + "; write 2026-11-23.");
    plan.closed_days.push_back(*day);
  }
  crypto::SystemEntropy entropy;
  auto town = town::found_town(options.folder, std::move(plan), entropy, system_now());
  if (!town.ok() && town.code() == base::Code::Conflict)
    return complain("There is a town in " + options.folder + " already.");
  if (!town.ok()) return complain("The town could not be made in " + options.folder, town.error());
  print({{"town", town->town.id.hex()},
         {"root", base::to_hex(town->town.root.bytes)},
         {"folder", options.folder}});
  std::fprintf(
      stderr,
      "Now print what lies in %s/root, put it into two envelopes, and delete that folder: the root key\n"
      "signs delegations only, and stays offline. The hub's machine needs pack.json, feed/ and hub/, nothing "
      "else.\n",
      options.folder.c_str());
  return kDone;
}

}  // namespace

Action declare_town_new(CLI::App& app) {
  auto options = std::make_shared<TownNew>();
  app.add_option("DIR", options->folder, "The folder to make")->required();
  app.add_option("--name", options->name, "The town's name as people say it")->required();
  app.add_option("--site", options->site, "Origin of the citizens' app: https://app.example");
  app.add_option("--closed", options->closed,
                 "A day without school in the whole town, as 2026-11-23; may be repeated");
  return [options] { return make(*options); };
}

}  // namespace machi::program
