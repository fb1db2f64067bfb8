// The book of absence reports: every version that came, folded without clocks (DESIGN.md, Merging without
// clocks). A phone keeps its own reports in it, a desk those of the whole school. Owned by whoever owns the
// database; one thread. Any order of arrival and any repetition give the same book. Storage | StorageFull
// when the database refuses.
#pragma once

#include <functional>
#include <map>

#include "core/absence/message.h"
#include "core/store/database.h"

namespace machi::absence {

using base::MessageId;
using base::Status;

// A version as it came, or was written on this device.
struct ReportVersion {
  Report report;
  MessageId message;       // that carried it
  base::Array<32> from{};  // posting key of its writer
  Instant written;         // by the writer's clock, for display
  Instant taken;           // when this device took or wrote it
};

// What the versions of one report come to.
struct Entry {
  ReportId report;
  std::vector<ReportVersion>
      heads;  // versions that no other replaced; more than one when written without knowing of each other
  std::vector<ReadMark> reads;          // confirmations of heads, at most one a head
  std::vector<ReadMark> earlier_reads;  // confirmations of versions that have been replaced since

  // The head to show first: the last written, by the writers' clocks.
  const ReportVersion& shown() const { return heads.front(); }
  const ReadMark* read(const VersionId& version) const;
  bool all_read() const;
  // Somebody at the school confirmed an earlier version, and not yet what it was changed to.
  bool changed_since_read() const { return !all_read() && !earlier_reads.empty(); }
  bool cancelled() const { return shown().report.kind == ReportKind::Cancelled; }
};

class ReportBook {
 public:
  static std::vector<store::Migration> migrations();

  explicit ReportBook(store::Database& database) : database_(database) {}

  // Inside the caller's transaction. Whether the writer may report about this pupil is the caller's to check.
  Status add(const ReportVersion& version);
  // Marks may come before the version that they confirm. Of several for one version the earliest is kept.
  Status mark(const ReadMark& mark);

  // Whether this version is here from somebody who wrote it, and not only told by a school (whose versions
  // have no sender).
  Result<bool> has_from_a_writer(const ReportId& report, const VersionId& version) const;

  Result<std::optional<Entry>> find(const ReportId& report) const;
  // Reports with a head whose days have this one among them, by time written.
  Result<std::vector<Entry>> on(Date date) const;
  // Reports with a head that reaches to this day or past it, earliest day first.
  Result<std::vector<Entry>> since(Date date) const;
  // The same of one pupil alone.
  Result<std::vector<Entry>> since(Date date, const PupilId& pupil) const;
  // Reports with a head about one of these pupils that reaches to this day or past it, by pupil.
  using OfPupils = std::map<PupilId, std::vector<Entry>>;
  Result<OfPupils> since(Date date, const std::vector<PupilId>& pupils) const;
  // The newest days first.
  Result<std::vector<Entry>> all(std::size_t limit) const;

 private:
  // `which`: a query of reports, whose parameters `bind` puts in. Three queries, however many there are.
  Result<std::vector<Entry>> fold(std::string_view which,
                                  const std::function<void(store::Statement&)>& bind) const;
  store::Database& database_;
};

}  // namespace machi::absence
