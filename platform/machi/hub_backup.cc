// machi hub backup: the mail of a hub as one file, as it is when the command begins. The hub may run: it goes
// on taking mail between the steps of the copy, and is not asked.
#include <sys/stat.h>

#include <chrono>
#include <thread>

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
  // Held by a running hub, or else by this command: either way nobody puts another backup in its place
  // meanwhile.
  auto lock = folder.lock();
  const bool running = !lock.ok() && lock.code() == base::Code::Conflict;
  if (!lock.ok() && !running)
    return complain("The lock in " + options.data + " cannot be taken", lock.error());
  // Beside first: a copy that broke off never bears the name of a backup.
  const std::string unfinished = options.file + ".new";
  std::error_code error;
  std::filesystem::remove(unfinished, error);
  const auto between = [running] {
    if (running) std::this_thread::sleep_for(std::chrono::milliseconds(2));  // the disk is the hub's first
  };
  auto copied = hub::SqliteMessageStore::copy_running(folder.database().string(), unfinished, between);
  if (!copied.ok()) {
    std::filesystem::remove(unfinished, error);
    return complain("The copy to " + options.file + " failed", copied.error());
  }
  const auto found = hub::SqliteMessageStore::check_file(unfinished);
  if (!found.ok()) return complain("The copy cannot be read again", found.error());
  if (!found->empty()) return complain("The copy is damaged; the mail of the hub may be, too.");
  std::filesystem::rename(unfinished, options.file, error);
  if (error) return complain("The copy cannot be given its name " + options.file + ".");
  if (auto flushed = host::flush_folder(std::filesystem::absolute(options.file).parent_path()); !flushed.ok())
    return complain("The copy may not be on the disk yet", flushed.error());
  print({{"backup", options.file},
         {"bytes", std::filesystem::file_size(options.file, error)},
         {"incarnation", copied->hex()},
         {"running", running}});
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
