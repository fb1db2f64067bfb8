// The registry in an SQLite file of its own: residents as `machi registry import` takes them over, and the
// clerk's questions, each with the columns that it needs. One thread.
#pragma once

#include <filesystem>

#include "core/store/database.h"
#include "platform/clerk/registry.h"

namespace machi::clerk {

struct ImportCounts {
  std::size_t fresh = 0, changed = 0, same = 0;
  std::size_t absent = 0;   // in the registry and not in the list
  std::size_t removed = 0;  // of those, when the list was the whole
};

class SqliteRegistry final : public Registry {
 public:
  // ":memory:" for one that is forgotten.
  static base::Result<std::unique_ptr<SqliteRegistry>> open(const std::filesystem::path& file);

  // All or nothing, in one transaction. With `whole`, those who are not in the list leave the registry.
  // Conflict when a card belongs to somebody who is not in the list.
  base::Result<ImportCounts> take_over(const std::vector<Resident>& residents, bool whole);
  base::Result<std::size_t> size() const;

  base::Result<Holder> holder(std::string_view card) const override;
  base::Result<Facts> facts(std::string_view number, const IssuePlan& plan) const override;

 private:
  explicit SqliteRegistry(std::unique_ptr<store::Database> database) : database_(std::move(database)) {}
  base::Status write(const Resident& resident, const base::Array<32>& digest);
  base::Status write_lists(const Resident& resident);
  base::Result<certificate::Person> person(std::string_view number, const IssuePlan& plan, Facts& out) const;
  base::Status add_options(std::string_view number, const IssuePlan& plan, certificate::Person& person,
                           Facts& out) const;
  base::Result<std::vector<std::string>> people(std::string_view number, const IssuePlan& plan) const;
  base::Status add_seal(std::string_view number, Facts& out) const;
  base::Status add_addresses(std::string_view number, Facts& out) const;
  base::Status add_entries(std::string_view number, std::size_t index, Facts& out) const;
  base::Status add_tax(std::string_view number, const IssuePlan& plan, Facts& out) const;

  std::unique_ptr<store::Database> database_;
};

}  // namespace machi::clerk
