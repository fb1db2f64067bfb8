// Drafts as CBOR in one small table. A draft that cannot be read back (an older program's) counts as none.
#include "core/absence/citizen/draft.h"

namespace machi::absence {
namespace {

using code::Cbor;
using code::CborArray;
using code::CborMap;

// A picture is too large for what a family's record may hold (absence_*), and is of this phone alone.
constexpr std::string_view kTables =
    "CREATE TABLE absence_draft (key TEXT PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE draft_photo (key TEXT PRIMARY KEY, name TEXT NOT NULL, bytes BLOB NOT NULL);";

template <class Id>
Result<Id> id_from(const Cbor& value) {
  MACHI_TRY_SET(raw, value.bytes());
  return Id::from(raw);
}

Result<Draft> draft_of(const Cbor& content) {
  Draft draft;
  const auto id = [&content]<class Id>(std::int64_t key, Id& out) -> Status {
    MACHI_TRY_SET(raw, content.bytes_at(key));
    MACHI_TRY_SET(read, Id::from(raw));
    out = read;
    return {};
  };
  const auto text = [&content](std::int64_t key, std::string& out) -> Status {
    MACHI_TRY_SET(read, content.text_at(key));
    out = std::move(read);
    return {};
  };
  MACHI_TRY(id(1, draft.report));
  MACHI_TRY(id(2, draft.version));
  MACHI_TRY_SET(pupils, content.at(4));
  for (const Cbor& one : pupils->array() ? *pupils->array() : CborArray()) {
    MACHI_TRY_SET(pupil, id_from<PupilId>(one));
    draft.pupils.push_back(pupil);
  }
  MACHI_TRY(text(5, draft.date));
  MACHI_TRY(text(9, draft.temperature));
  MACHI_TRY(text(10, draft.time));
  MACHI_TRY(text(11, draft.note));
  MACHI_TRY(text(15, draft.last));
  MACHI_TRY(text(17, draft.onset));
  MACHI_TRY(text(18, draft.better));
  MACHI_TRY_SET(several, content.at(14));
  MACHI_TRY_SET(is_several, several->boolean());
  draft.several = is_several;
  if (content.find(16)) {
    MACHI_TRY_SET(disease, content.integer_at(16));
    draft.disease = static_cast<Disease>(disease);
  }
  MACHI_TRY_SET(replaces, content.at(3));
  for (const Cbor& one : replaces->array() ? *replaces->array() : CborArray()) {
    MACHI_TRY_SET(version, id_from<VersionId>(one));
    draft.replaces.push_back(version);
  }
  MACHI_TRY_SET(kind, content.integer_at(6));
  draft.kind = static_cast<ReportKind>(kind);
  if (content.find(7)) {
    MACHI_TRY_SET(reason, content.integer_at(7));
    draft.reason = static_cast<Reason>(reason);
  }
  MACHI_TRY_SET(symptoms, content.at(8));
  for (const Cbor& one : symptoms->array() ? *symptoms->array() : CborArray()) {
    MACHI_TRY_SET(symptom, one.integer());
    draft.symptoms.push_back(static_cast<Symptom>(symptom));
  }
  MACHI_TRY_SET(edited, content.integer_at(12));
  draft.edited = Instant{edited};
  MACHI_TRY_SET(tried, content.at(13));
  MACHI_TRY_SET(was_tried, tried->boolean());
  draft.tried = was_tried;
  return draft;
}

Result<SlipDraft> slip_draft_of(const Cbor& content) {
  SlipDraft draft;
  MACHI_TRY_SET(slip, content.bytes_at(1));
  draft.slip = base::copy(slip);
  MACHI_TRY_SET(version, content.fixed_at<16>(2));
  draft.version = version;
  MACHI_TRY_SET(guardian, content.text_at(3));
  draft.guardian = std::move(guardian);
  MACHI_TRY_SET(birth, content.text_at(4));
  draft.birth = std::move(birth);
  MACHI_TRY_SET(digits, content.text_at(5));
  draft.digits = std::move(digits);
  MACHI_TRY_SET(tried, content.at(6));
  MACHI_TRY_SET(was_tried, tried->boolean());
  draft.tried = was_tried;
  return draft;
}

}  // namespace

std::vector<store::Migration> DraftBook::migrations() { return {{"absence.drafts.1", kTables}}; }

Result<std::optional<Cbor>> DraftBook::read(const std::string& key) const {
  auto row = database_.prepare("SELECT content FROM absence_draft WHERE key = ?");
  row.bind(key);
  MACHI_TRY_SET(there, row.step());
  if (!there) return std::optional<Cbor>();
  auto content = code::decode(row.blob(0));
  if (!content) return std::optional<Cbor>();
  return std::optional<Cbor>(std::move(*content));
}

Status DraftBook::write(const std::string& key, const Cbor& content) {
  auto row = database_.prepare("INSERT OR REPLACE INTO absence_draft (key, content) VALUES (?, ?)");
  return row.bind(key).bind(code::encode(content)).run();
}

std::string DraftBook::photo(const std::string& key) const {
  auto row = database_.prepare("SELECT name FROM draft_photo WHERE key = ?");
  const auto there = row.bind(key).step();
  return there.ok() && *there ? row.text(0) : "";
}

base::Bytes DraftBook::photo_bytes(const std::string& name) const {
  auto row = database_.prepare("SELECT bytes FROM draft_photo WHERE name = ?");
  const auto there = row.bind(name).step();
  return there.ok() && *there ? row.blob(0) : base::Bytes();
}

Status DraftBook::save_photo(const std::string& key, const std::string& name, base::ByteView bytes) {
  auto row = database_.prepare("INSERT OR REPLACE INTO draft_photo (key, name, bytes) VALUES (?, ?, ?)");
  return row.bind(key).bind(name).bind(bytes).run();
}

Status DraftBook::drop_photo(const std::string& key) {
  return database_.prepare("DELETE FROM draft_photo WHERE key = ?").bind(key).run();
}

Status DraftBook::drop(const std::string& key) {
  MACHI_TRY(drop_photo(key));
  auto row = database_.prepare("DELETE FROM absence_draft WHERE key = ?");
  return row.bind(key).run();
}

Result<std::optional<Draft>> DraftBook::load(const std::string& key) const {
  MACHI_TRY_SET(content, read(key));
  if (!content) return std::optional<Draft>();
  auto draft = draft_of(*content);
  if (!draft) return std::optional<Draft>();
  return std::optional<Draft>(std::move(*draft));
}

Status DraftBook::save(const std::string& key, const Draft& draft) {
  CborArray replaces;
  for (const VersionId& version : draft.replaces) replaces.emplace_back(version.bytes);
  CborArray symptoms;
  for (Symptom symptom : draft.symptoms) symptoms.emplace_back(static_cast<int>(symptom));
  CborArray pupils;
  for (const PupilId& pupil : draft.pupils) pupils.emplace_back(pupil.bytes);
  CborMap map{{1, draft.report.bytes},  {2, draft.version.bytes}, {3, std::move(replaces)},
              {4, std::move(pupils)},   {5, draft.date},          {6, static_cast<int>(draft.kind)},
              {8, std::move(symptoms)}, {9, draft.temperature},   {10, draft.time},
              {11, draft.note},         {12, draft.edited.ms},    {13, draft.tried},
              {14, draft.several},      {15, draft.last},         {17, draft.onset},
              {18, draft.better}};
  if (draft.disease) map.emplace_back(16, static_cast<int>(*draft.disease));
  if (draft.reason) map.emplace_back(7, static_cast<int>(*draft.reason));
  return write(key, Cbor(std::move(map)));
}

std::string DraftBook::load_text(const std::string& key) const {
  const auto content = read(key);
  if (!content.ok() || !*content) return "";
  const auto text = (*content)->text_at(1);
  return text.ok() ? *text : std::string();
}

Status DraftBook::save_text(const std::string& key, const std::string& text) {
  return write(key, Cbor::map({{1, text}}));
}

Result<std::optional<SlipDraft>> DraftBook::load_slip() const {
  MACHI_TRY_SET(content, read("slip"));
  if (!content) return std::optional<SlipDraft>();
  auto draft = slip_draft_of(*content);
  if (!draft) return std::optional<SlipDraft>();
  return std::optional<SlipDraft>(std::move(*draft));
}

Status DraftBook::save_slip(const SlipDraft& draft) {
  return write("slip", Cbor::map({{1, base::ByteView(draft.slip)},
                                  {2, draft.version},
                                  {3, draft.guardian},
                                  {4, draft.birth},
                                  {5, draft.digits},
                                  {6, draft.tried}}));
}

}  // namespace machi::absence
