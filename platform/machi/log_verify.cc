// machi log verify: whether a town's log of issues is the one whose heads were signed.
#include "platform/clerk/issue_log.h"
#include "platform/hub/feed_store.h"
#include "platform/machi/command.h"
#include "platform/town/town_folder.h"

namespace machi::program {
namespace {

int verify(const std::string& folder) {
  const auto town = town::open_town(folder);
  if (!town.ok()) return complain("There is no town in " + folder, town.error());
  const auto file = town->path / "clerk" / "log.db";
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) return complain("Nothing was issued in this town yet.");
  hub::FolderFeed feed(town->feed());
  const auto delegations = feed.delegations();
  if (!delegations.ok()) return complain("The town's delegations cannot be read", delegations.error());
  mail::Trust trust(town->town);
  for (const base::Bytes& one : *delegations) (void)trust.admit(one).ok();
  const auto log = clerk::IssueLog::open(file);
  if (!log.ok()) return complain("The log cannot be read", log.error());
  std::optional<clerk::LogCheck> found;
  for (const mail::Delegation& one : trust.delegations()) {
    if (one.role != mail::TownRole::Clerk) continue;
    const auto check = (*log)->check(town->town.id, one.key);
    if (!check.ok()) return complain("The log cannot be read", check.error());
    if (!found || check->trouble.empty()) found = *check;
  }
  if (!found) return complain("The town names no clerk.");
  print({{"size", found->size},
         {"root", base::to_hex(found->root)},
         {"heads", found->heads},
         {"withdrawn", found->withdrawn},
         {"trouble", found->trouble.empty() ? nlohmann::json() : nlohmann::json(found->trouble)}});
  return found->trouble.empty() ? kDone : kFailed;
}

}  // namespace

Action declare_log_verify(CLI::App& app) {
  auto folder = std::make_shared<std::string>();
  app.add_option("TOWN", *folder, "The town's folder")->required();
  app.footer(
      "Reads clerk/log.db anew: leaves without a gap, every signed head of these leaves and a continuation "
      "of the "
      "one before (RFC 9162). One JSON object; exit code 0 when all holds.");
  return [folder] { return verify(*folder); };
}

}  // namespace machi::program
