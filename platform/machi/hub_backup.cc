// machi hub backup: the mail of a hub as one SQLite file, as it is when the command begins, also from
// PostgreSQL. The hub may run: it goes on taking mail between the steps of the copy, and is not asked.
#include <sys/stat.h>

#include <chrono>
#include <thread>

#include "platform/hub/postgres/postgres_tables.h"
#include "platform/hub/sqlite_tables.h"
#include "platform/machi/command.h"
#include "platform/machi/hub_address.h"

namespace machi::program {
namespace {

struct HubBackup {
  std::string data;
  std::string database;
  std::string file;
};

// From beside to its name; what it is, on standard output.
int named(const HubBackup& options, const std::string& unfinished, nlohmann::json said) {
  std::error_code error;
  std::filesystem::rename(unfinished, options.file, error);
  if (error) return complain("The copy cannot be given its name " + options.file + ".");
  if (auto flushed = host::flush_folder(std::filesystem::absolute(options.file).parent_path()); !flushed.ok())
    return complain("The copy may not be on the disk yet", flushed.error());
  said["backup"] = options.file;
  said["bytes"] = std::filesystem::file_size(options.file, error);
  print(said);
  return kDone;
}

// One transaction of PostgreSQL sees one moment, while hubs go on.
int backup_database(const HubBackup& options) {
  const std::string unfinished = options.file + ".new";
  std::error_code error;
  std::filesystem::remove(unfinished, error);
  auto from = hub::PostgresTables::open(options.database, hub::PostgresTables::For::Reading);
  if (!from.ok()) return complain("The database cannot be opened", from.error());
  const auto incarnation = (*from)->incarnation();
  if (!incarnation.ok() || incarnation->is_zero()) return complain("There is no mail in that database.");
  std::vector<hub::CopiedTable> sums;
  {
    auto to = hub::SqliteTables::open(unfinished, false);
    if (!to.ok()) return complain("The copy to " + options.file + " cannot be begun", to.error());
    auto copied = hub::copy_tables(**from, **to, said_progress());
    base::Status done = copied.ok() ? (*to)->commit() : base::Status(copied.error());
    if (!done.ok()) {
      std::filesystem::remove(unfinished, error);
      return complain("The copy to " + options.file + " failed", done.error());
    }
    sums = std::move(*copied);
  }
  return named(options, unfinished, {{"incarnation", incarnation->hex()}, {"tables", as_json(sums)}});
}

int backup(const HubBackup& options) {
  ::umask(0077);  // the mail is sealed; that there is any is nobody else's business either
  if (std::filesystem::exists(options.file))
    return complain(options.file + " is there already; a backup replaces nothing.");
  if (!options.database.empty()) return backup_database(options);
  const HubFolder folder{options.data};
  if (!std::filesystem::exists(folder.database()))
    return complain("There is no mail in " + options.data + ".");
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
  return named(options, unfinished, {{"incarnation", copied->hex()}, {"running", running}});
}

}  // namespace

Action declare_hub_backup(CLI::App& app) {
  auto options = std::make_shared<HubBackup>();
  auto* data = app.add_option("--data", options->data, "The folder with the hub's mail");
  auto* database =
      app.add_option("--database", options->database, "Instead: postgresql://..., where the mail lies");
  data->excludes(database);
  app.add_option("FILE", options->file, "The file to make")->required();
  app.final_callback([options] {
    if (options->data.empty() && options->database.empty()) throw CLI::RequiredError("--data or --database");
  });
  return [options] { return backup(*options); };
}

}  // namespace machi::program
