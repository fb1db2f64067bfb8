// machi hub restore: a backup becomes the mail of a stopped hub, in a new incarnation. Clients then post
// again what the backup lacks, and no mailbox gives reads before one of its admins has confirmed its access
// log (PROTOCOL.md, Restore). A database that was put back by its own means is only begun anew.
#include <sys/stat.h>

#include "core/crypto/drbg.h"
#include "platform/hub/postgres/postgres_tables.h"
#include "platform/hub/sqlite_tables.h"
#include "platform/machi/command.h"
#include "platform/machi/hub_address.h"

namespace machi::program {
namespace {

namespace fs = std::filesystem;

struct HubRestore {
  std::string data;
  std::string database;
  std::string file;
};

// The backup, copied beside, checked, and begun anew. The incarnation's name.
base::Result<std::string> prepare(const fs::path& backup, const fs::path& unfinished) {
  std::error_code error;
  fs::remove(unfinished, error);
  fs::copy_file(backup, unfinished, error);
  if (error) return base::fail(base::Code::Storage, "copy");
  fs::permissions(unfinished, fs::perms::owner_read | fs::perms::owner_write, error);
  MACHI_TRY_SET(store, hub::SqliteMessageStore::open({unfinished.string(), "", false}));
  MACHI_TRY_SET(found, store->check());
  if (!found.empty()) return base::fail(base::Code::Storage, "the backup is damaged");
  MACHI_TRY_SET(before, store->incarnation());
  if (before.is_zero()) return base::fail(base::Code::BadInput, "no backup of a hub");
  crypto::SystemEntropy entropy;
  const auto incarnation = entropy.id<base::IncarnationTag>();
  MACHI_TRY(store->begin());
  MACHI_TRY(store->begin_incarnation(incarnation, system_now()));
  MACHI_TRY(store->commit());
  return incarnation.hex();
}

// Into an empty database; or, without a file, into what PostgreSQL's own restore has left there.
int restore_database(const HubRestore& options) {
  auto to = hub::PostgresTables::open(options.database, hub::PostgresTables::For::Writing);
  if (!to.ok()) return complain("The database cannot be opened", to.error());
  const auto hubs = (*to)->hubs();
  if (!hubs.ok() || *hubs > 0) return complain("A hub is running on that database: stop it first.");
  nlohmann::json said = {{"restored", "database"}};
  if (!options.file.empty()) {
    if (!fs::is_regular_file(options.file)) return complain("There is no backup " + options.file + ".");
    auto found = hub::SqliteMessageStore::check_file(options.file);
    if (!found.ok() || !found->empty()) return complain(options.file + " is no backup of a hub, or damaged.");
    auto from = hub::SqliteTables::open(options.file, false);
    if (!from.ok()) return complain(options.file + " cannot be opened", from.error());
    auto sums = hub::copy_tables(**from, **to, said_progress());
    if (!sums.ok() && sums.code() == base::Code::Conflict)
      return complain("There is mail in that database already; nothing was written.");
    if (!sums.ok()) return complain("The copy failed; nothing was written", sums.error());
    said["restored"] = options.file;
    said["tables"] = as_json(*sums);
  }
  const auto before = (*to)->incarnation();
  if (!before.ok() || before->is_zero()) return complain("There is no mail in it.");
  crypto::SystemEntropy entropy;
  const auto incarnation = entropy.id<base::IncarnationTag>();
  base::Status done = (*to)->begin_incarnation(incarnation, system_now());
  if (done.ok()) done = (*to)->commit();
  if (!done.ok()) return complain("The restore could not be made durable", done.error());
  said["incarnation"] = incarnation.hex();
  print(said);
  return kDone;
}

int restore(const HubRestore& options) {
  ::umask(0077);  // the mail is sealed; that there is any is nobody else's business either
  if (!options.database.empty()) return restore_database(options);
  const HubFolder folder{options.data};
  if (!fs::is_regular_file(options.file)) return complain("There is no backup " + options.file + ".");
  std::error_code error;
  fs::create_directories(folder.path, error);
  auto lock = folder.lock();
  if (!lock.ok() && lock.code() == base::Code::Conflict)
    return complain("The hub is running: stop it first.");
  if (!lock.ok()) return complain("The lock in " + options.data + " cannot be taken", lock.error());

  const fs::path unfinished = folder.path / "hub.db.restoring";
  auto incarnation = prepare(options.file, unfinished);
  if (!incarnation.ok()) {
    fs::remove(unfinished, error);
    return complain(options.file + " cannot be restored", incarnation.error());
  }
  // What was there is kept, with its log of changes.
  std::string kept;
  if (fs::exists(folder.database())) {
    kept = folder.database().string() + ".before-" + std::to_string(system_now().seconds());
    for (const char* ending : {"-wal", "-shm", ""}) {
      const fs::path from = folder.database().string() + ending;
      if (!fs::exists(from)) continue;
      fs::rename(from, kept + ending, error);
      if (error) return complain("The present mail cannot be put aside.");
    }
  }
  fs::rename(unfinished, folder.database(), error);
  if (error) return complain("The backup cannot be put in place; it lies at " + unfinished.string() + ".");
  if (auto flushed = host::flush_folder(folder.path); !flushed.ok())
    return complain("The folder cannot be flushed", flushed.error());
  nlohmann::json said = {{"restored", options.file}, {"incarnation", *incarnation}};
  if (!kept.empty()) said["kept"] = kept;
  print(said);
  return kDone;
}

}  // namespace

Action declare_hub_restore(CLI::App& app) {
  auto options = std::make_shared<HubRestore>();
  auto* data = app.add_option("--data", options->data,
                              "The folder for the hub's mail; what is there now is put aside, not deleted");
  auto* database =
      app.add_option("--database", options->database,
                     "Instead: postgresql://..., an empty database; or, without FILE, one that was put "
                     "back by PostgreSQL's own means");
  data->excludes(database);
  app.add_option("FILE", options->file, "The backup");
  app.final_callback([options] {
    if (options->data.empty() && options->database.empty()) throw CLI::RequiredError("--data or --database");
    if (!options->data.empty() && options->file.empty()) throw CLI::RequiredError("FILE");
  });
  return [options] { return restore(*options); };
}

}  // namespace machi::program
