// Reads the three files. Pure.
#include "core/notice/answers/answer_pack.h"

#include <set>

#include "core/base/csv_reader.h"
#include "core/base/text.h"
#include "core/code/cbor.h"

namespace machi::notice {
namespace {

using base::Code;
using base::fail;

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = text.find(at);
    std::string part = base::trimmed(text.substr(0, end));
    if (!part.empty()) out.push_back(std::move(part));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return out;
}

void add_names(std::string_view written, std::vector<AnswerName>& names) {
  for (const std::string& one : split(written, ';')) {
    const std::size_t slash = one.find('/');
    if (slash == std::string::npos)
      names.push_back({one, ""});
    else
      names.push_back({one.substr(0, slash), one.substr(slash + 1)});
  }
}

struct Table {
  std::string name;
  std::vector<base::CsvRecord> rows;  // without the first
};
Result<Table> table(std::string name, std::string_view csv, std::size_t fields) {
  Table out{std::move(name), {}};
  base::CsvReader reader(csv);
  base::CsvRecord record;
  bool first = true;
  while (reader.next(record)) {
    if (record.blank()) continue;
    if (record.fields.size() != fields)
      return fail(Code::BadInput, out.name + " line " + std::to_string(record.line) + ": " +
                                      std::to_string(fields) + " fields are expected");
    if (!first) out.rows.push_back(record);
    first = false;
  }
  return out;
}

struct Kind {
  std::string label, how;
  std::map<std::string, std::string> days;
};

}  // namespace

Result<AnswerPack> read_answers(std::string_view questions, std::string_view garbage,
                                std::string_view kinds) {
  AnswerPack out;
  std::set<std::string> ids;
  const auto add = [&](AnswerEntry entry, const Table& from, int line) -> base::Status {
    if (entry.id.empty() || entry.title.empty() || entry.answer.empty())
      return fail(Code::BadInput, from.name + " line " + std::to_string(line) + ": a field is empty");
    if (!ids.insert(entry.id).second)
      return fail(Code::BadInput,
                  from.name + " line " + std::to_string(line) + ": this id stands there already");
    out.entries.push_back(std::move(entry));
    return {};
  };
  MACHI_TRY_SET(asked, table("questions", questions, 6));
  for (const auto& row : asked.rows) {
    const auto& f = row.fields;
    AnswerEntry entry{f[0], f[1], f[2], {{f[2], f[3]}}, f[5], {}};
    add_names(f[4], entry.names);
    MACHI_TRY(add(std::move(entry), asked, row.line));
  }
  std::map<std::string, Kind> known;
  MACHI_TRY_SET(kind_rows, table("kinds", kinds, 4));
  for (const auto& row : kind_rows.rows) {
    Kind kind{row.fields[1], row.fields[2], {}};
    for (const std::string& one : split(row.fields[3], ';')) {
      const std::size_t equals = one.find('=');
      if (equals == std::string::npos)
        return fail(Code::BadInput, "kinds line " + std::to_string(row.line) + ": a day is DISTRICT=DAYS");
      kind.days[one.substr(0, equals)] = one.substr(equals + 1);
    }
    out.kinds.push_back({row.fields[0], kind.label, kind.how, kind.days});
    known[row.fields[0]] = std::move(kind);
  }
  MACHI_TRY_SET(things, table("garbage", garbage, 5));
  for (const auto& row : things.rows) {
    const auto& f = row.fields;
    const auto kind = known.find(f[3]);
    if (kind == known.end())
      return fail(Code::BadInput, "garbage line " + std::to_string(row.line) + ": there is no such kind");
    AnswerEntry entry{f[0], std::string(kGarbageField), f[0], {{f[0], f[1]}}, "", kind->second.days};
    add_names(f[2], entry.names);
    entry.answer = f[0] + "は「" + kind->second.label + "」です。" + f[4] + kind->second.how;
    MACHI_TRY(add(std::move(entry), things, row.line));
  }
  return out;
}

base::Bytes encode_answers(std::string_view questions, std::string_view garbage, std::string_view kinds) {
  return code::encode(
      code::Cbor::map({{1, std::string(questions)}, {2, std::string(garbage)}, {3, std::string(kinds)}}));
}

Result<AnswerPack> decode_answers(base::ByteView bytes) {
  MACHI_TRY_SET(map, code::decode(bytes));
  MACHI_TRY_SET(questions, map.text_at(1));
  MACHI_TRY_SET(garbage, map.text_at(2));
  MACHI_TRY_SET(kinds, map.text_at(3));
  return read_answers(questions, garbage, kinds);
}

}  // namespace machi::notice
