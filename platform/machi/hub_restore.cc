// machi hub restore: a backup becomes the mail of a stopped hub, in a new incarnation. Clients then post
// again what the backup lacks, and no mailbox gives reads before one of its admins has confirmed its access
// log (PROTOCOL.md, Restore).
#include <sys/stat.h>

#include "core/crypto/drbg.h"
#include "platform/machi/command.h"
#include "platform/machi/hub_folder.h"

namespace machi::program {
namespace {

namespace fs = std::filesystem;

struct HubRestore {
  std::string data;
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

int restore(const HubRestore& options) {
  ::umask(0077);  // the mail is sealed; that there is any is nobody else's business either
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
  app.add_option("--data", options->data,
                 "The folder for the hub's mail; what is there now is put aside, not deleted")
      ->required();
  app.add_option("FILE", options->file, "The backup")->required();
  return [options] { return restore(*options); };
}

}  // namespace machi::program
