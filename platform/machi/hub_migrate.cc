// machi hub migrate FROM TO: all mail of a stopped hub from one database into another, in one transaction,
// read again and compared before it counts. The incarnation stays: nothing was lost, nobody posts again.
#include <sys/stat.h>

#include "platform/hub/postgres/postgres_tables.h"
#include "platform/hub/sqlite_tables.h"
#include "platform/machi/command.h"
#include "platform/machi/hub_address.h"

namespace machi::program {
namespace {

namespace fs = std::filesystem;

struct HubMigrate {
  std::string from;
  std::string to;
};

int copied(hub::TableReader& from, hub::TableWriter& to, const HubMigrate& options) {
  const auto sums = hub::copy_tables(from, to, said_progress());
  if (!sums.ok() && sums.code() == base::Code::Conflict)
    return complain("There is mail already where it should go; nothing was written.");
  if (!sums.ok()) return complain("The copy failed; nothing was written", sums.error());
  if (auto done = to.commit(); !done.ok())
    return complain("The copy could not be made durable", done.error());
  print({{"migrated", is_database(options.to) ? std::string("database") : options.to},
         {"tables", as_json(*sums)}});
  return kDone;
}

int to_folder(hub::TableReader& from, const HubMigrate& options) {
  const HubFolder folder{options.to};
  std::error_code error;
  fs::create_directories(folder.path, error);
  if (fs::exists(folder.database()))
    return complain("There is mail already where it should go; nothing was written.");
  // Beside first: what broke off never bears the name.
  const fs::path unfinished = folder.path / "hub.db.migrating";
  fs::remove(unfinished, error);
  {
    auto to = hub::SqliteTables::open(unfinished.string(), false);
    if (!to.ok()) return complain("The folder " + options.to + " cannot be written", to.error());
    if (const int done = copied(from, **to, options); done != kDone) return done;
  }
  fs::rename(unfinished, folder.database(), error);
  if (error) return complain("The copy cannot be given its name.");
  if (auto flushed = host::flush_folder(folder.path); !flushed.ok())
    return complain("The folder cannot be flushed", flushed.error());
  return kDone;
}

int migrate(const HubMigrate& options) {
  ::umask(0077);  // the mail is sealed; that there is any is nobody else's business either
  auto from = open_source(options.from);
  if (!from.ok() && from.code() == base::Code::NotFound)
    return complain("There is no mail in " + options.from + ".");
  if (!from.ok() && from.code() == base::Code::Conflict)
    return complain("The hub is running: stop it first.");
  if (!from.ok()) return complain("What is there cannot be opened", from.error());
  if (is_database(options.from)) {
    const auto hubs = static_cast<hub::PostgresTables&>(*from->tables).hubs();
    if (!hubs.ok() || *hubs > 0) return complain("A hub is running on that database: stop it first.");
  }
  if (!is_database(options.to)) return to_folder(*from->tables, options);
  auto to = hub::PostgresTables::open(options.to, hub::PostgresTables::For::Writing);
  if (!to.ok()) return complain("The database cannot be opened", to.error());
  return copied(*from->tables, **to, options);
}

}  // namespace

Action declare_hub_migrate(CLI::App& app) {
  auto options = std::make_shared<HubMigrate>();
  app.add_option("FROM", options->from, "The folder with a stopped hub's mail, or postgresql://...")
      ->required();
  app.add_option("TO", options->to, "An empty database, postgresql://..., or a folder without mail")
      ->required();
  return [options] { return migrate(*options); };
}

}  // namespace machi::program
