// machi benefits: what a rule pack says about one person (core/rules/answer.h). Nothing is kept, nothing is
// sent.
#include <algorithm>
#include <map>

#include "core/rules/points.h"
#include "platform/machi/json_input.h"
#include "platform/machi/pack_folder.h"
#include "platform/machi/rule_commands.h"

namespace machi::program {
namespace {

using nlohmann::ordered_json;
using rules::Answer;
using rules::Pack;
using rules::Truth;

struct Benefits {
  std::string file, pack, today, language;
};

const char* word_of(Truth truth) {
  switch (truth) {
    case Truth::No:
      return "no";
    case Truth::Unknown:
      return "unknown";
    case Truth::Yes:
      break;
  }
  return "yes";
}

ordered_json source_of(const rules::Source& source) {
  ordered_json out = ordered_json::object();
  if (source.invented) out["inventedSample"] = true;
  for (const auto& [name, text] : {std::pair{"law", &source.law}, std::pair{"article", &source.article},
                                   std::pair{"page", &source.page}, std::pair{"url", &source.url}})
    if (!text->empty()) out[name] = *text;
  if (source.as_of) out["asOf"] = source.as_of->iso();
  return out;
}

ordered_json question_of(const Pack& pack, int fact, const std::string& language) {
  const rules::Fact& about = pack.facts[static_cast<std::size_t>(fact)];
  ordered_json out = {{"fact", about.id}, {"question", rules::say(pack, about.question, language)}};
  if (!about.why.empty()) out["why"] = rules::say(pack, about.why, language);
  return out;
}

ordered_json shown(const Pack& pack, const Answer& answer, const std::string& language) {
  const rules::Benefit& benefit = pack.benefits[static_cast<std::size_t>(answer.benefit)];
  ordered_json out = {{"id", benefit.id},
                      {"name", rules::say(pack, benefit.name, language)},
                      {"level", benefit.level},
                      {"kind", benefit.kind},
                      {"why", rules::explain(pack, answer, language)}};
  if (answer.question >= 0) {
    out["ask"] = question_of(pack, answer.question, language);
    out["askDecides"] = answer.question_decides;
  }
  if (answer.next)
    out["changes"] = {{"on", answer.next->on.iso()}, {"becomes", word_of(answer.next->becomes)}};
  if (answer.truth != Truth::Yes) return out;
  ordered_json amounts = ordered_json::array();
  for (const rules::Due& due : answer.due)
    amounts.push_back({{"label", rules::say(pack, due.amount->label, language)},
                       {"per", due.amount->per},
                       {"yen", due.yen ? ordered_json(*due.yen) : ordered_json(nullptr)},
                       {"applies", word_of(due.applies)}});
  if (!amounts.empty()) out["amounts"] = std::move(amounts);
  for (const auto& [name, text] :
       {std::pair{"how", &benefit.how}, std::pair{"where", &benefit.where},
        std::pair{"documents", &benefit.documents}, std::pair{"deadline", &benefit.deadline},
        std::pair{"note", &benefit.note}})
    if (!text->empty()) out[name] = rules::say(pack, *text, language);
  out["source"] = source_of(benefit.source);
  return out;
}

ordered_json points_of(const Pack& pack, const rules::Person& person, base::Date today,
                       const std::string& language) {
  ordered_json out = ordered_json::array();
  for (std::size_t i = 0; i < pack.schemes.size(); ++i) {
    const rules::Points points = rules::count_points(pack, person, today, static_cast<int>(i));
    ordered_json items = ordered_json::array();
    for (const rules::CountedItem& item : points.items)
      items.push_back(
          {{"label", rules::say(pack, item.item->label, language)},
           {"points", item.item->points},
           {"applies", word_of(item.applies)},
           {"guardian", item.guardian < 0 ? ordered_json(nullptr) : ordered_json(item.guardian + 1)}});
    out.push_back({{"id", pack.schemes[i].id},
                   {"name", rules::say(pack, pack.schemes[i].name, language)},
                   {"least", points.least},
                   {"most", points.most},
                   {"items", std::move(items)},
                   {"source", source_of(pack.schemes[i].source)}});
  }
  return out;
}

int run(const Benefits& options) {
  const auto today = day_asked(options.today);
  if (!today.ok()) return complain("--today is no day", today.error());
  const auto pack = pack_in(options.pack);
  if (!pack.ok()) return complain("The pack is refused", pack.error());
  const auto input = read_json(options.file);
  if (!input.ok()) return complain("The person's file cannot be read", input.error());
  const auto written = as_cbor(*input);
  if (!written.ok()) return complain("The person's file cannot be read", written.error());
  const auto person = rules::read_person(*pack, *written, *today);
  if (!person.ok()) return complain("These answers cannot be used", person.error());
  ordered_json lists[3] = {ordered_json::array(), ordered_json::array(), ordered_json::array()};
  std::map<int, int> asked;
  for (const Answer& answer : rules::decide_all(*pack, *person, *today)) {
    lists[static_cast<int>(answer.truth)].push_back(shown(*pack, answer, options.language));
    if (answer.question >= 0) ++asked[answer.question];
  }
  std::vector<std::pair<int, int>> order;
  for (const auto& [fact, times] : asked) order.emplace_back(-times, fact);
  std::sort(order.begin(), order.end());
  ordered_json next = nullptr;
  if (!order.empty()) next = question_of(*pack, order.front().second, options.language);
  ordered_json out = {
      {"pack", {{"id", pack->id}, {"version", pack->version}, {"issued", pack->issued.iso()}}},
      {"today", today->iso()},
      {"askNext", next},
      {"yes", std::move(lists[2])},
      {"unknown", std::move(lists[1])},
      {"no", std::move(lists[0])}};
  if (!person->guardians.empty()) out["points"] = points_of(*pack, *person, *today, options.language);
  print_in_order(out);
  return kDone;
}

}  // namespace

Action declare_benefits(CLI::App& app) {
  auto options = std::make_shared<Benefits>();
  app.add_option("PERSON.json", options->file, "The person's answers, or - for standard input")->required();
  app.add_option("--pack", options->pack,
                 "The pack's folder; by default the sample town's, which travels in the program");
  app.add_option("--today", options->today, "Taken as today; by default the day in Japan");
  app.add_option("--language", options->language, "ja, en, ... as far as the pack has it")->default_val("ja");
  app.footer(
      "Reads {\"facts\": {\"birth\": \"昭和55年4月2日\", \"physical-grade\": \"2\"}, \"guardians\": [{...}, "
      "{...}]}: any fact that the pack asks "
      "for; what is left out or null is not known. One JSON object: the benefits that apply (why, how much, "
      "how, where, until when, by "
      "which source), those that are not decided yet with the question that would decide, those that do not "
      "apply and why; with "
      "guardians also the usage-adjustment points of nurseries, as a range while something is not known.");
  return [options] { return run(*options); };
}

}  // namespace machi::program
