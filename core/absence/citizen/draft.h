// What a person has typed and not yet sent: kept in a table, so that a reload, a restart or a dead battery
// loses nothing. A draft carries the id of the version that it will become: so a second press on "send" is
// the same version again. One thread. Storage | StorageFull when the database refuses.
#pragma once

#include "core/absence/report_book.h"

namespace machi::absence {

struct Draft {
  ReportId report;
  VersionId version;
  std::vector<VersionId> replaces;
  std::vector<PupilId> pupils;  // none: not chosen; several in a new report only
  std::string date;             // ISO; as typed
  bool several = false;         // several days are asked for
  std::string last;             // ISO; as typed
  ReportKind kind = ReportKind::Absent;
  std::optional<Reason> reason;
  std::optional<Disease> disease;
  std::string onset;   // ISO; as typed
  std::string better;  // ISO; as typed
  std::vector<Symptom> symptoms;
  std::string temperature;  // as typed
  std::string time;         // as typed
  std::string note;
  Instant edited;
  bool tried = false;  // sending was tried: errors are shown
};

// An enrolment slip that was read, and what is asked for beside it.
struct SlipDraft {
  base::Bytes slip;           // COSE bytes
  base::Array<16> version{};  // another one with every slip read
  std::string guardian;
  std::string birth;   // ISO; as typed
  std::string digits;  // as typed
  bool tried = false;
};

// New drafts go stale: what was typed for another morning is not offered again.
inline constexpr std::int64_t kDraftSeconds = 12 * 3600;

class DraftBook {
 public:
  static std::vector<store::Migration> migrations();
  explicit DraftBook(store::Database& database) : database_(database) {}

  // key: "new", what a new one begins with ("back:" and the pupil), or the report that is changed.
  Result<std::optional<Draft>> load(const std::string& key) const;
  Status save(const std::string& key, const Draft& draft);
  // A note to the school, half written. key: "note:" and the pupil.
  std::string load_text(const std::string& key) const;
  Status save_text(const std::string& key, const std::string& text);
  Result<std::optional<SlipDraft>> load_slip() const;
  Status save_slip(const SlipDraft& draft);
  // The photo that goes with it: the picture's name, and its bytes; no bytes: of the version that is changed.
  std::string photo(const std::string& key) const;
  base::Bytes photo_bytes(const std::string& name) const;
  Status save_photo(const std::string& key, const std::string& name, base::ByteView bytes);
  Status drop_photo(const std::string& key);
  Status drop(const std::string& key);  // with its photo
  Status drop_slip() { return drop("slip"); }

 private:
  Result<std::optional<code::Cbor>> read(const std::string& key) const;
  Status write(const std::string& key, const code::Cbor& content);
  store::Database& database_;
};

}  // namespace machi::absence
