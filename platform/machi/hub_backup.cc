// machi hub backup: the mail of a stopped hub as one file.
#include <sys/stat.h>

#include "platform/machi/command.h"
#include "platform/machi/hub_folder.h"

namespace machi::program {
namespace {

struct HubBackup {
  std::string data;
  std::string file;
};

int backup(const HubBackup& options) {
  ::umask(0077);  // the mail is sealed; that there is any is nobody else's business either
  const HubFolder folder{options.data};
  if (!std::filesystem::exists(folder.database()))
    return complain("There is no mail in " + options.data + ".");
  if (std::filesystem::exists(options.file))
    return complain(options.file + " is there already; a backup replaces nothing.");
  auto lock = folder.lock();
  if (!lock.ok() && lock.code() == base::Code::Conflict)
    return complain("The hub is running: stop it first.");
  if (!lock.ok()) return complain("The lock in " + options.data + " cannot be taken", lock.error());
  auto store = folder.open_store();
  if (!store.ok()) return complain("The mail in " + options.data + " cannot be opened", store.error());
  // Beside first: a copy that broke off never bears the name of a backup.
  const std::string unfinished = options.file + ".new";
  std::error_code error;
  std::filesystem::remove(unfinished, error);
  if (auto copied = (*store)->backup_to(unfinished); !copied.ok()) {
    std::filesystem::remove(unfinished, error);
    return complain("The copy to " + options.file + " failed", copied.error());
  }
  {
    auto copy = hub::SqliteMessageStore::open({unfinished, "", false});
    if (!copy.ok()) return complain("The copy cannot be read again", copy.error());
    auto found = (*copy)->check();
    if (!found.ok() || !found->empty())
      return complain("The copy is damaged; the mail of the hub may be, too.");
  }
  std::filesystem::rename(unfinished, options.file, error);
  if (error) return complain("The copy cannot be given its name " + options.file + ".");
  if (auto flushed = host::flush_folder(std::filesystem::absolute(options.file).parent_path()); !flushed.ok())
    return complain("The copy may not be on the disk yet", flushed.error());
  auto incarnation = (*store)->incarnation();
  print({{"backup", options.file},
         {"bytes", std::filesystem::file_size(options.file, error)},
         {"incarnation", incarnation.ok() ? incarnation->hex() : ""}});
  return kDone;
}

}  // namespace

Action declare_hub_backup(CLI::App& app) {
  auto options = std::make_shared<HubBackup>();
  app.add_option("--data", options->data, "The folder with the hub's mail")->required();
  app.add_option("FILE", options->file, "The file to make")->required();
  return [options] { return backup(*options); };
}

}  // namespace machi::program
