// The draft is told to the office before the message counts as taken: whoever is killed between the two tells
// the same draft again, which the office knows by its content.
#include "platform/town/alert_desk.h"

#include <algorithm>

#include "core/base/csv_reader.h"
#include "core/base/text.h"
#include "core/crypto/sodium.h"
#include "platform/host/file.h"
#include "platform/host/xml/xml_reader.h"

namespace machi::town {

namespace fs = std::filesystem;
using base::Code;
using base::fail;
using notice::Alert;
using notice::AlertStatus;
using notice::AlertType;
using notice::Severity;

namespace {

constexpr std::size_t kTitle = 120, kText = 4000, kAreas = 20;

std::vector<store::Migration> migrations() {
  return {
      {"alert.desk.1",
       "CREATE TABLE alert_draft (name TEXT NOT NULL PRIMARY KEY, id BLOB NOT NULL) WITHOUT ROWID;"
       "CREATE TABLE alert_version (id BLOB NOT NULL PRIMARY KEY, sent INTEGER NOT NULL, serial INTEGER NOT "
       "NULL, counter INTEGER NOT NULL) WITHOUT ROWID;"
       "CREATE TABLE alert_file (name TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID;"}};
}

std::string first_signs(std::string_view text, std::size_t signs) {
  std::u32string points = base::to_code_points(text);
  if (points.size() > signs) points.resize(signs);
  return base::from_code_points(points);
}

bool over(const Alert& alert) { return alert.all_clear || alert.type == AlertType::Cancel; }

// The gravest danger of it that has a name.
std::string hazard_of(const Alert& alert) {
  std::string out = "hazard";
  Severity worst = Severity::Unknown;
  bool any = false;
  for (const notice::AlertPart& part : alert.parts) {
    if (part.hazard.empty() || (any && part.severity <= worst)) continue;
    out = part.hazard;
    worst = part.severity;
    any = true;
  }
  return out;
}

std::string areas_of(const Alert& alert) {
  std::vector<std::string> names;
  for (const notice::AlertPart& part : alert.parts)
    for (const notice::AlertArea& area : part.areas)
      if (!area.name.empty() && std::find(names.begin(), names.end(), area.name) == names.end())
        names.push_back(area.name);
  std::string out;
  for (std::size_t i = 0; i < names.size() && i < kAreas; ++i) out += (i == 0 ? "" : "、") + names[i];
  return names.size() > kAreas ? out + " …" : out;
}

void add_line(std::string& out, const std::string& line) {
  if (line.empty()) return;
  if (!out.empty()) out += '\n';
  out += line;
}

std::string original_mark(const Alert& alert, bool japanese) {
  if (alert.status == AlertStatus::Exercise) return japanese ? "【訓練】" : "[Exercise] ";
  if (alert.status == AlertStatus::Test) return japanese ? "【試験】" : "[Test] ";
  if (over(alert)) return japanese ? "【解除】" : "[Over] ";
  return "";
}

}  // namespace

Result<AlertTexts> AlertTexts::read(std::string_view csv) {
  AlertTexts out;
  base::CsvReader reader(csv);
  base::CsvRecord record;
  while (reader.next(record)) {
    if (record.blank()) continue;
    std::vector<std::string> rest(record.fields.begin() + 1, record.fields.end());
    if (out.languages_.empty()) {
      out.languages_ = std::move(rest);
      continue;
    }
    if (rest.size() != out.languages_.size())
      return fail(Code::BadInput, "line " + std::to_string(record.line) + ": a language is missing");
    out.lines_[record.fields[0]] = std::move(rest);
  }
  return out;
}

std::string AlertTexts::say(std::string_view what, std::size_t language) const {
  const auto found = lines_.find(what);
  return found == lines_.end() || language >= found->second.size() ? "" : found->second[language];
}

notice::Draft draft_of(const Alert& alert, const AlertTexts& texts) {
  notice::Draft out;
  const bool real = alert.status == AlertStatus::Actual, ended = over(alert);
  out.at = alert.sent;
  out.by = first_signs(alert.source.empty() ? alert.format : alert.source, notice::kEditorSigns);
  out.header.theme = "disaster";
  if (real && (ended || alert.severity == Severity::Moderate))
    out.header.importance = notice::Importance::Important;
  else if (real && alert.severity > Severity::Moderate)
    out.header.importance = notice::Importance::Emergency;
  if (alert.expires && *alert.expires > alert.sent) out.header.until = alert.expires;
  if (!real && !out.header.until) out.header.until = alert.sent.plus_seconds(86400);
  const std::string areas = areas_of(alert), hazard = hazard_of(alert);
  for (const notice::AlertText& text : alert.texts) {
    const bool known = std::any_of(out.body.texts.begin(), out.body.texts.end(),
                                   [&](const auto& one) { return one.language == text.language; });
    if (known || out.body.texts.size() >= 12) continue;
    std::string whole = text.headline;
    add_line(whole, text.description);
    add_line(whole, text.instruction);
    add_line(whole, areas);
    const std::string title = text.title.empty() ? text.headline : text.title;
    out.body.texts.push_back(
        {text.language.empty() ? "ja" : text.language,
         first_signs(original_mark(alert, text.language.starts_with("ja")) + (title.empty() ? "-" : title),
                     kTitle),
         first_signs(whole, kText)});
  }
  if (out.body.texts.empty())
    out.body.texts.push_back({"ja", original_mark(alert, true) + "防災情報", areas});
  const char* mark = alert.status == AlertStatus::Exercise ? "exercise"
                     : alert.status == AlertStatus::Test   ? "test"
                     : ended                               ? "over"
                                                           : "";
  const char* advice = !real                                 ? "not-real"
                       : ended                               ? "done"
                       : alert.severity == Severity::Extreme ? "extreme"
                       : alert.severity == Severity::Severe  ? "severe"
                                                             : "moderate";
  for (std::size_t i = 0; i < texts.languages().size(); ++i) {
    const std::string& language = texts.languages()[i];
    const bool own = std::any_of(out.body.texts.begin(), out.body.texts.end(), [&](const auto& one) {
      return one.language == language || one.language.starts_with(language + "-");
    });
    if (own || out.body.texts.size() >= 24) continue;
    std::string name = texts.say(hazard, i);
    if (name.empty()) name = texts.say("hazard", i);
    const std::string before = texts.say(mark, i);
    std::string whole = texts.say(advice, i);
    add_line(whole, areas);
    add_line(whole, texts.say("original", i));
    out.body.texts.push_back({language, before.empty() ? name : before + " " + name, whole});
  }
  return out;
}

Result<AlertDesk> AlertDesk::open(const TownFolder& town, std::string_view office,
                                  notice::AlertMeanings meanings, AlertTexts texts,
                                  std::vector<std::string> areas) {
  const fs::path file = town.path / std::string(office) / "alerts.db";
  MACHI_TRY_SET(database, store::Database::open({file.string(), "", false}));
  MACHI_TRY_SET(book, notice::AlertBook::open(*database));
  MACHI_TRY(database->migrate(migrations()));
  return AlertDesk(std::move(database), std::move(book), std::move(meanings), std::move(texts),
                   std::move(areas));
}

bool AlertDesk::concerns_us(const Alert& alert) const {
  if (areas_.empty()) return true;
  for (const notice::AlertPart& part : alert.parts)
    for (const notice::AlertArea& area : part.areas)
      for (const std::string& ours : areas_)
        if (area.code == ours || area.name == ours) return true;
  return false;
}

Status AlertDesk::draft(SchoolFounder& office, const Alert& alert, Instant now, AlertRun& run) {
  const std::string status(notice::name_of(alert.status));
  // Under which names the event is known: an exercise is another event than what it plays.
  std::vector<std::string> names = {status + "/" + alert.format + "/" + alert.thread};
  if (alert.format == "cap") {
    names.push_back(status + "/cap/" + alert.source + "," + alert.identifier);
    for (const std::string& one : alert.references)
      names.push_back(status + "/cap/" + one.substr(0, one.rfind(',')));
  }
  notice::DraftId id;
  bool known = false;
  for (const std::string& name : names) {
    auto row = database_->prepare("SELECT id FROM alert_draft WHERE name = ?");
    row.bind(name);
    MACHI_TRY_SET(there, row.step());
    if (!there) continue;
    MACHI_TRY_SET(its, notice::DraftId::from(row.bytes(0)));
    id = its;
    known = true;
    break;
  }
  if (!known) {
    const auto hash = crypto::hash(base::view(names[0]));
    std::copy_n(hash.begin(), id.bytes.size(), id.bytes.begin());
  }
  std::int64_t counter = 0;
  auto version = database_->prepare("SELECT sent, serial, counter FROM alert_version WHERE id = ?");
  version.bind(id);
  MACHI_TRY_SET(before, version.step());
  // An older one that came late says nothing new.
  const bool late =
      before && std::pair(alert.sent.ms, alert.serial) < std::pair(version.integer(0), version.integer(1));
  if (before) counter = version.integer(2);
  if (!late) {
    notice::Draft draft = draft_of(alert, texts_);
    draft.id = id;
    draft.counter = static_cast<std::uint64_t>(counter) + 1;
    const code::Cbor content = notice::encode(draft);
    if (const auto read = notice::decode_draft(content); !read.ok()) return read.error();
    MACHI_TRY(office.tell(notice::kKindDraft, content, now));
    ++run.drafted;
  }
  store::Transaction transaction(*database_);
  for (const std::string& name : names)
    MACHI_TRY(
        database_->prepare("INSERT OR IGNORE INTO alert_draft VALUES (?, ?)").bind(name).bind(id).run());
  if (!late)
    MACHI_TRY(database_->prepare("INSERT OR REPLACE INTO alert_version VALUES (?, ?, ?, ?)")
                  .bind(id)
                  .bind(alert.sent.ms)
                  .bind(alert.serial)
                  .bind(counter + 1)
                  .run());
  return transaction.commit();
}

Result<notice::AlertBook::Taken> AlertDesk::take(SchoolFounder& office, base::ByteView bytes, Instant now,
                                                 AlertRun& run) {
  auto root = host::read_xml(bytes);
  const Result<Alert> alert = root.ok() ? notice::read_alert(*root, meanings_) : Result<Alert>(root.error());
  if (alert.ok()) {
    MACHI_TRY_SET(known, book_.knows(*alert));
    if (known) return notice::AlertBook::Taken::Duplicate;
    if (!concerns_us(*alert))
      ++run.elsewhere;
    else
      MACHI_TRY(draft(office, *alert, now, run));
  } else {
    ++run.refused;
    run.reasons.push_back(std::string(base::code_name(alert.code())) + ": " + alert.error().detail);
  }
  return book_.take(bytes, alert, now);
}

Result<AlertRun> AlertDesk::look(SchoolFounder& office, const fs::path& folder, Instant now) {
  AlertRun run;
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    // What is still being written has a dot before its name or .tmp behind it.
    if (!name.starts_with(".") && !name.ends_with(".tmp") && entry.is_regular_file(error))
      files.push_back(entry.path());
  }
  if (error) return fail(Code::Storage, "the folder of messages cannot be read");
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    const std::string name = file.filename().string();
    auto row = database_->prepare("SELECT 1 FROM alert_file WHERE name = ?");
    row.bind(name);
    MACHI_TRY_SET(taken, row.step());
    if (taken) continue;
    const auto bytes = host::read_file(file, host::kXmlLimit);
    const std::size_t before = run.reasons.size();
    if (bytes.ok()) {
      MACHI_TRY(take(office, *bytes, now, run));
    } else {
      ++run.refused;
      run.reasons.push_back(std::string(base::code_name(bytes.code())));
    }
    for (std::size_t i = before; i < run.reasons.size(); ++i) run.reasons[i].insert(0, name + ": ");
    MACHI_TRY(database_->prepare("INSERT OR IGNORE INTO alert_file VALUES (?)").bind(name).run());
  }
  return run;
}

}  // namespace machi::town
