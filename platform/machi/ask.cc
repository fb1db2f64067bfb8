// machi ask: the town's answers to a question, as the phone finds them without a network
// (core/notice/answers).
#include <cmath>
#include <filesystem>

#include "core/notice/answers/answer_search.h"
#include "platform/host/file.h"
#include "platform/machi/json_input.h"
#include "platform/machi/notice_commands.h"
#include "platform/machi/rule_commands.h"
#include "platform/machi/tables.h"

namespace machi::program {
namespace {

using base::Result;
using nlohmann::ordered_json;

constexpr std::size_t kFileLimit = 16 << 20;

struct Ask {
  std::string question, pack, district;
  int most = 3;
};

Result<notice::AnswerName> name_in(const Field& field) {
  MACHI_TRY(field.only({"text", "reading"}));
  MACHI_TRY_SET(text, field["text"].text());
  std::string reading;
  if (field["reading"].given()) {
    MACHI_TRY_SET(given, field["reading"].text());
    reading = given;
  }
  return notice::AnswerName{text, reading};
}

Result<notice::AnswerPack> pack_in_json(const nlohmann::json& json) {
  const Field root(json);
  MACHI_TRY(root.only({"entries"}));
  notice::AnswerPack out;
  MACHI_TRY_SET(entries, root["entries"].items());
  for (const Field& one : entries) {
    MACHI_TRY(one.only({"id", "field", "title", "reading", "names", "answer", "days"}));
    notice::AnswerEntry entry;
    MACHI_TRY_SET(id, one["id"].text());
    MACHI_TRY_SET(title, one["title"].text());
    MACHI_TRY_SET(answer, one["answer"].text());
    entry.id = id;
    entry.title = title;
    entry.answer = answer;
    if (one["field"].given()) {
      MACHI_TRY_SET(field, one["field"].text());
      entry.field = field;
    }
    std::string reading;
    if (one["reading"].given()) {
      MACHI_TRY_SET(given, one["reading"].text());
      reading = given;
    }
    entry.names.push_back({title, reading});
    MACHI_TRY_SET(names, one["names"].items());
    for (const Field& name : names) {
      MACHI_TRY_SET(read, name_in(name));
      entry.names.push_back(std::move(read));
    }
    if (one["days"].given()) {
      if (!one["days"].json().is_object())
        return one["days"].fault(base::Code::BadInput, "an object is expected");
      for (const auto& [district, days] : one["days"].json().items()) {
        MACHI_TRY_SET(text, one["days"][district].text());
        entry.days[district] = text;
      }
    }
    out.entries.push_back(std::move(entry));
  }
  return out;
}

Result<notice::AnswerPack> pack_of(const std::string& where) {
  if (where.empty())
    return notice::read_answers(sample_questions(), sample_garbage(), sample_garbage_kinds());
  std::error_code error;
  if (!std::filesystem::is_directory(where, error)) {
    MACHI_TRY_SET(json, read_json(where, kFileLimit));
    return pack_in_json(json);
  }
  const std::filesystem::path folder = where;
  MACHI_TRY_SET(questions, host::read_file(folder / "questions.csv", kFileLimit));
  MACHI_TRY_SET(garbage, host::read_file(folder / "garbage.csv", kFileLimit));
  MACHI_TRY_SET(kinds, host::read_file(folder / "kinds.csv", kFileLimit));
  return notice::read_answers(base::text_view(questions), base::text_view(garbage), base::text_view(kinds));
}

int run(const Ask& options) {
  const auto pack = pack_of(options.pack);
  if (!pack.ok()) return complain("The answers cannot be read", pack.error());
  const notice::AnswerSearch search(*pack);
  const auto found = search.ask(options.question, static_cast<std::size_t>(options.most));
  ordered_json answers = ordered_json::array();
  for (const notice::FoundAnswer& one : found) {
    const notice::AnswerEntry& entry = pack->entries[static_cast<std::size_t>(one.entry)];
    ordered_json shown = {{"score", std::round(one.score * 1000) / 1000},
                          {"id", entry.id},
                          {"field", entry.field},
                          {"title", entry.title},
                          {"answer", entry.answer}};
    const auto day = entry.days.find(options.district);
    if (!options.district.empty())
      shown["days"] = day == entry.days.end() ? ordered_json() : ordered_json(day->second);
    else if (!entry.days.empty())
      shown["days"] = entry.days;
    answers.push_back(std::move(shown));
  }
  print_in_order({{"question", options.question},
                  {"known", !found.empty() && found[0].score >= notice::kKnown},
                  {"answers", std::move(answers)}});
  return kDone;
}

}  // namespace

Action declare_ask(CLI::App& app) {
  auto options = std::make_shared<Ask>();
  app.add_option("QUESTION", options->question, "What somebody wants to know, in their own words")
      ->required();
  app.add_option(
      "--pack", options->pack,
      "The town's answers: a folder with questions.csv, garbage.csv and kinds.csv, or a JSON file; by "
      "default the sample town's");
  app.add_option("--district", options->district, "Of whose collection days is told");
  app.add_option("--most", options->most, "How many answers at most")
      ->check(CLI::Range(1, 50))
      ->capture_default_str();
  app.footer(
      "One JSON object: known (false: no answer is sure enough, and a phone says that it does not know), and "
      "the answers, best first, each {score (0 to 1), id, field, title, answer, days}. A JSON file of "
      "answers is "
      "{\"entries\": [{\"id\", \"title\", \"answer\", and where wanted \"field\", \"reading\" (hiragana), "
      "\"names\": [{\"text\", \"reading\"}], \"days\": {\"1\": \"...\"}}]}.");
  return [options] { return run(*options); };
}

}  // namespace machi::program
