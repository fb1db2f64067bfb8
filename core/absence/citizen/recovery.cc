// {1: 1, 2: {table: [[value, ...], ...]}}. A phone's tables never change their columns (a migration makes a
// new table), so values stand by their places; a table that is missing in the bytes stays empty.
#include "core/absence/citizen/recovery.h"

#include <algorithm>

#include "core/absence/citizen/note_book.h"
#include "core/absence/citizen/photo.h"

namespace machi::absence {
namespace {

using base::Code;
using base::fail;
using code::Cbor;

constexpr int kForm = 1;

// i: a number, t: text, b: bytes; and the column by whose time (or day) old rows stay out.
struct Table {
  std::string_view name;
  std::string_view columns;
  std::string_view kinds;
  std::string_view since = {};
};
constexpr Table kTables[] = {
    {"absence_version", "report, version, pupil, day, last, content, message, sender, written, taken",
     "bbbiibbbii", "last"},
    {"absence_replaced", "report, version", "bb"},
    {"absence_read", "report, version, at, by", "bbit", "at"},
    {"absence_application", "slip, code, office, office_name, message, made, standing, answered, why",
     "bbbtbiiit"},
    {"absence_child", "slip, pupil, place, name, reading, class_name, preschool, until", "bbitttii"},
    {"absence_closed_day", "office, day", "bi"},
    {"absence_guardian_news", "pupil, at", "bi"},
    {"absence_books_closed", "office, day, at, open", "biii"},
    {"absence_no_lessons", "pupil, id, day, last, breadth, at, lifted", "bbiiiii"},
    {"absence_note", "note, pupil, content, mine, seen, message, written", "bbbiibi", "written"},
    {"absence_note_read", "note, at, by", "bit", "at"},
    {"absence_photo", "name, photo, hash, written", "bbbi", "written"},
    {"citizen_setting", "name, value", "tt"},
    {"household_row", "name, content", "tb"},
    {"plan_head", "plan, counter, content, role", "bibi"},
    {"plan_approval", "plan, counter, hash, at, content", "bibib"},
    {"plan_held", "plan, ticket", "bb"},
    {"plan_seen", "plan, at, by", "bit"},
    {"plan_call", "one, number, content", "iib"},
};

Status insert(store::Database& database, const Table& table, const code::CborArray& values) {
  if (values.size() != table.kinds.size()) return fail(Code::Unsupported, "columns");
  std::string marks = "?";
  for (std::size_t i = 1; i < values.size(); ++i) marks += ", ?";
  auto row = database.prepare("INSERT OR REPLACE INTO " + std::string(table.name) + " (" +
                              std::string(table.columns) + ") VALUES (" + marks + ")");
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto number = values[i].integer();
    const auto text = values[i].text();
    const auto bytes = values[i].bytes();
    if (values[i].is_null())
      row.bind_null();
    else if (table.kinds[i] == 'i' && number.ok())
      row.bind(*number);
    else if (table.kinds[i] == 't' && text.ok())
      row.bind(*text);
    else if (table.kinds[i] == 'b' && bytes.ok())
      row.bind(*bytes);
    else
      return fail(Code::BadInput, "value");
  }
  return row.run();
}

Cbor value_at(const store::Statement& row, int column, char kind) {
  if (row.is_null(column)) return nullptr;
  if (kind == 'i') return row.integer(column);
  if (kind == 't') return row.text(column);
  return row.blob(column);
}

}  // namespace

Status forget_record(store::Database& database) {
  store::Transaction transaction(database);
  for (const Table& table : kTables)
    if (table.name != "citizen_setting")
      MACHI_TRY(database.execute("DELETE FROM " + std::string(table.name)));
  for (const char* table : {"absence_draft", "draft_photo"})
    MACHI_TRY(database.execute(std::string("DELETE FROM ") + table));
  MACHI_TRY(database.execute(
      "DELETE FROM citizen_setting WHERE name IN ('recovery.made', 'recovery.taken', 'recovery.again', "
      "'evicted')"));
  return transaction.commit();
}

std::map<std::string, std::string> record_tables() {
  std::map<std::string, std::string> out;
  for (const Table& table : kTables) out.emplace(table.name, table.columns);
  return out;
}

Result<base::Bytes> record_as_bytes(store::Database& database, Date since) {
  code::CborMap all;
  for (const Table& table : kTables) {
    std::string sql = "SELECT " + std::string(table.columns) + " FROM " + std::string(table.name);
    if (!table.since.empty()) sql += " WHERE " + std::string(table.since) + " >= ?";
    auto row = database.prepare(sql);
    if (table.since == "last")
      row.bind(since.days);
    else if (!table.since.empty())
      row.bind(base::instant_of(since, base::TimeOfDay{0}));
    code::CborArray rows;
    for (;;) {
      MACHI_TRY_SET(more, row.step());
      if (!more) break;
      code::CborArray values;
      for (std::size_t i = 0; i < table.kinds.size(); ++i)
        values.push_back(value_at(row, static_cast<int>(i), table.kinds[i]));
      rows.emplace_back(std::move(values));
    }
    all.emplace_back(std::string(table.name), std::move(rows));
  }
  return code::encode(Cbor::map({{1, kForm}, {2, std::move(all)}}));
}

Status record_from_bytes(store::Database& database, base::ByteView bytes) {
  MACHI_TRY_SET(map, code::decode(bytes));
  MACHI_TRY_SET(form, map.integer_at(1));
  const Cbor* all = map.find(2);
  if (!all || !all->map()) return fail(Code::BadInput, "tables");
  if (form != kForm) return fail(Code::Unsupported, "form");
  for (const auto& [key, rows] : *all->map()) {
    MACHI_TRY_SET(name, key.text());
    const auto* table = std::find_if(std::begin(kTables), std::end(kTables),
                                     [&](const Table& one) { return one.name == name; });
    if (table == std::end(kTables)) return fail(Code::Unsupported, "table");
    if (!rows.array()) return fail(Code::BadInput, "rows");
    for (const Cbor& row : *rows.array()) {
      if (!row.array()) return fail(Code::BadInput, "row");
      MACHI_TRY(insert(database, *table, *row.array()));
    }
  }
  return {};
}

Result<bool> send_again(const CitizenContext& context) {
  MACHI_TRY_SET(children, context.children.children());
  store::Transaction transaction(context.database);
  const auto lost = [&](const MessageId& message) { return !context.mail.state(message); };
  // With the photo that went with it: the picture itself lies sealed at the hub.
  const auto renew = [&](const char* sql, base::ByteView what, const MessageId& before,
                         const MailboxId& office, std::string_view kind, code::Cbor content) -> Status {
    MACHI_TRY_SET(message, send_on(context, office, kind, std::move(content),
                                   PhotoBook(context.database).of(before.view())));
    return context.database.prepare(sql).bind(message).bind(what).run();
  };
  NoteBook notes(context.database);
  for (const Child& child : children) {
    if (!context.mail.recipient(child.office).ok()) return false;
    MACHI_TRY_SET(entries, context.reports.since(context.today()));
    for (const Entry& entry : entries) {
      for (const ReportVersion& head : entry.heads) {
        const bool own = head.from != base::Array<32>{} && head.report.pupil == child.card.pupil;
        if (own && !entry.read(head.report.version) && lost(head.message)) {
          MACHI_TRY(renew("UPDATE absence_version SET message = ? WHERE version = ?",
                          head.report.version.view(), head.message, child.office, kKindReport,
                          encode(head.report)));
        }
      }
    }
    MACHI_TRY_SET(written, notes.about(child.card.pupil));
    for (const KeptNote& note : written) {
      if (note.mine && lost(note.message)) {
        MACHI_TRY(renew("UPDATE absence_note SET message = ? WHERE note = ?", note.note.note.view(),
                        note.message, child.office, kKindNote, encode(note.note)));
      }
    }
  }
  // An application carries what only its form knew: it is made once more with the slip.
  MACHI_TRY_SET(applications, context.children.applications());
  for (const ApplicationState& one : applications) {
    if (one.answered || !lost(one.message)) continue;
    MACHI_TRY(
        context.database.prepare("DELETE FROM absence_application WHERE slip = ?").bind(one.slip).run());
  }
  MACHI_TRY(transaction.commit());
  return true;
}

}  // namespace machi::absence
