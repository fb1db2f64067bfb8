// The parts of a pack in the order in which they name each other: facts are named before any condition is
// read, benefits before any benefit. Pure; any thread.
#include <algorithm>
#include <set>

#include "core/rules/pack_reader.h"

namespace machi::rules {
namespace {

constexpr std::size_t kMostFacts = 1000, kMostBenefits = 2000, kMostRows = 2000, kMostTests = 5000;

template <class Named>
int find(const std::vector<Named>& all, std::string_view id) {
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i].id == id) return static_cast<int>(i);
  return -1;
}

// What an engine's sentences are put together from; a pack says them in its own languages.
constexpr std::string_view kPhrases[] = {
    "yes", "no",      "unknown", "everybody", "reason", "reason-wanted", "join",        "or",        "from",
    "to",  "between", "true",    "false",     "yen",    "until",         "benefit-yes", "benefit-no"};

template <class Enum>
struct Word {
  std::string_view word;
  Enum value;
};
constexpr Word<FactType> kTypes[] = {{"truth", FactType::Truth},
                                     {"number", FactType::Number},
                                     {"yen", FactType::Yen},
                                     {"date", FactType::Date},
                                     {"choice", FactType::Choice}};
constexpr std::string_view kLevels[] = {"national", "prefecture", "town", "company"};
constexpr std::string_view kPers[] = {"month", "year", "once", "day", "use"};

template <class Range>
bool one_of(const Range& words, std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

}  // namespace

int Pack::fact_of(std::string_view name) const { return find(facts, name); }
int Pack::table_of(std::string_view name) const { return find(tables, name); }
int Pack::benefit_of(std::string_view name) const { return find(benefits, name); }
int Pack::scheme_of(std::string_view name) const { return find(schemes, name); }

Result<Text> PackReader::read_text(const Place& place, bool needed) {
  Text out;
  if (!place.given()) {
    if (needed) return place.fault("missing", Code::Missing);
    return out;
  }
  // A text alone is one of the pack's first language.
  if (!place.is_map()) {
    MACHI_TRY_SET(only, place.text());
    out[pack_.languages.front()] = std::move(only);
    return out;
  }
  MACHI_TRY_SET(members, place.members());
  for (const auto& [language, member] : members) {
    if (!one_of(pack_.languages, language)) return member.fault("the pack does not name this language");
    MACHI_TRY_SET(text, member.text());
    out[language] = std::move(text);
  }
  if (!out.contains(pack_.languages.front()))
    return place.fault("the text is missing in " + pack_.languages.front());
  return out;
}

Result<Source> PackReader::read_source(const Place& place) {
  Source source;
  MACHI_TRY(place.only({"law", "article", "page", "url", "asOf", "invented"}));
  if (place.has("invented")) {
    MACHI_TRY_SET(invented, place["invented"].truth());
    source.invented = invented;
  }
  for (const auto& [key, part] : {std::pair{"law", &source.law}, std::pair{"article", &source.article},
                                  std::pair{"page", &source.page}, std::pair{"url", &source.url}})
    if (place.has(key)) {
      MACHI_TRY_SET(text, place[key].text());
      *part = std::move(text);
    }
  MACHI_TRY_SET(as_of, place["asOf"].date_if_given());
  source.as_of = as_of;
  if (!source.invented && source.law.empty() && source.page.empty())
    return place.fault("a source is a law or a page, or says that it is invented");
  return source;
}

Status PackReader::read_head() {
  MACHI_TRY(root_.only({"format", "id", "version", "issued", "from", "to", "languages", "title", "phrases",
                        "facts", "tables", "benefits", "points", "tests"}));
  MACHI_TRY_SET(format, root_["format"].integer());
  if (format != 1) return root_["format"].fault("this program reads format 1", Code::Unsupported);
  MACHI_TRY_SET(id, root_["id"].id());
  MACHI_TRY_SET(version, root_["version"].integer());
  MACHI_TRY_SET(issued, root_["issued"].date());
  if (version < 1) return root_["version"].fault("versions begin with 1");
  MACHI_TRY_SET(from, root_["from"].date_if_given());
  MACHI_TRY_SET(to, root_["to"].date_if_given());
  if (from && to && *from > *to) return root_["to"].fault("the pack ends before it begins");
  pack_.id = id, pack_.version = version, pack_.issued = issued, pack_.from = from, pack_.to = to;
  MACHI_TRY_SET(languages, root_["languages"].items());
  for (const Place& language : languages) {
    MACHI_TRY_SET(tag, language.id());
    if (one_of(pack_.languages, tag)) return language.fault("named twice");
    pack_.languages.push_back(tag);
  }
  if (pack_.languages.empty()) return root_["languages"].fault("a pack has a language");
  MACHI_TRY_SET(title, read_text(root_["title"], true));
  pack_.title = std::move(title);
  const Place phrases = root_["phrases"];
  MACHI_TRY_SET(members, phrases.members());
  for (const auto& [key, member] : members)
    if (!one_of(kPhrases, key)) return member.fault("there is no such phrase");
  for (const std::string_view key : kPhrases) {
    MACHI_TRY_SET(text, read_text(phrases[key], true));
    pack_.phrases[std::string(key)] = std::move(text);
  }
  return {};
}

Status PackReader::name_facts() {
  MACHI_TRY_SET(places, root_["facts"].items());
  if (places.size() > kMostFacts) return root_["facts"].fault("too many facts", Code::TooLarge);
  for (const Place& place : places) {
    Fact fact;
    MACHI_TRY_SET(id, place["id"].id());
    if (pack_.fact_of(id) >= 0) return place["id"].fault("a second fact of this name");
    fact.id = id;
    std::string type = "truth";
    const Place derive = place["derive"];
    if (derive.has("age") || derive.has("days")) type = "number";
    if (!place.has("derive") || derive.has("value")) {
      MACHI_TRY_SET(written, place["type"].text());
      type = written;
    }
    const auto* found =
        std::find_if(std::begin(kTypes), std::end(kTypes), [&](const auto& w) { return w.word == type; });
    if (found == std::end(kTypes)) return place["type"].fault("a type is truth, number, yen, date or choice");
    fact.type = found->value;
    MACHI_TRY_SET(choices, place["choices"].items());
    if ((fact.type == FactType::Choice) != !choices.empty())
      return place["choices"].fault("a choice has choices, nothing else has");
    for (const Place& choice : choices) {
      MACHI_TRY(choice.only({"id", "label"}));
      MACHI_TRY_SET(name, choice["id"].id());
      if (find(fact.choices, name) >= 0) return choice["id"].fault("a second choice of this name");
      MACHI_TRY_SET(label, read_text(choice["label"], true));
      fact.choices.push_back({name, std::move(label)});
    }
    if (place.has("each")) {
      MACHI_TRY_SET(each, place["each"].truth());
      fact.each = each;
    }
    pack_.facts.push_back(std::move(fact));
  }
  return {};
}

Status PackReader::read_asked(const Place& place, Fact& fact) {
  MACHI_TRY(place.only(
      {"id", "type", "label", "question", "why", "unit", "choices", "least", "most", "each", "yes", "no"}));
  MACHI_TRY_SET(question, read_text(place["question"], true));
  MACHI_TRY_SET(why, read_text(place["why"], false));
  fact.question = std::move(question), fact.why = std::move(why);
  if (place.has("least")) {
    MACHI_TRY_SET(least, value(place["least"], fact));
    fact.least = least;
  }
  if (place.has("most")) {
    MACHI_TRY_SET(most, value(place["most"], fact));
    fact.most = most;
  }
  if (fact.least > fact.most) return place["most"].fault("the most is less than the least");
  return {};
}

Status PackReader::read_derivation(const Place& place, Fact& fact) {
  if (place.has("when")) {
    MACHI_TRY(place.only({"when"}));
    fact.derivation = Derivation::Condition;
    MACHI_TRY_SET(node, condition(place["when"]));
    fact.from = node;
    return {};
  }
  if (place.has("value")) {
    MACHI_TRY(place.only({"value"}));
    if (fact.type != FactType::Number && fact.type != FactType::Yen)
      return place.fault("a value is a number or yen");
    fact.derivation = Derivation::Number;
    MACHI_TRY_SET(made, number(place["value"]));
    fact.from = made;
    return {};
  }
  const char* key = place.has("age") ? "age" : "days";
  MACHI_TRY(place.only({"age", "days", "unit", "at"}));
  MACHI_TRY_SET(date, fact_named(place[key]));
  Fact& from = pack_.facts[static_cast<std::size_t>(date)];
  if (from.type != FactType::Date) return place[key].fault("this fact is no date");
  fact.from = date;
  if (place.has("days")) {
    fact.derivation = Derivation::DaysUntil;
    return {};
  }
  from.birth = true;
  fact.derivation = Derivation::AgeYears;
  if (place.has("unit")) {
    MACHI_TRY_SET(unit, place["unit"].text());
    if (unit != "years" && unit != "months") return place["unit"].fault("a unit is years or months");
    if (unit == "months") fact.derivation = Derivation::AgeMonths;
  }
  if (place.has("at")) {
    MACHI_TRY_SET(at, place["at"].text());
    if (at != "school-year" || fact.derivation == Derivation::AgeMonths)
      return place["at"].fault("at is school-year, in years");
    fact.derivation = Derivation::AgeAtSchoolYear;
  }
  return {};
}

Status PackReader::read_fact(const Place& place, Fact& fact) {
  for (const auto& [key, text] : {std::tuple{"label", &fact.label}, std::tuple{"unit", &fact.unit},
                                  std::tuple{"yes", &fact.yes}, std::tuple{"no", &fact.no}}) {
    MACHI_TRY_SET(found, read_text(place[key], std::string_view(key) == "label"));
    *text = std::move(found);
  }
  if (!place.has("derive")) return read_asked(place, fact);
  MACHI_TRY(place.only({"id", "type", "label", "unit", "choices", "each", "yes", "no", "derive"}));
  return read_derivation(place["derive"], fact);
}

Status PackReader::read_facts() {
  MACHI_TRY_SET(places, root_["facts"].items());
  for (std::size_t i = 0; i < places.size(); ++i) {
    Fact fact = pack_.facts[i];
    MACHI_TRY(read_fact(places[i], fact));
    fact.birth = fact.birth || pack_.facts[i].birth;
    pack_.facts[i] = std::move(fact);
  }
  return {};
}

Status PackReader::read_table(const Place& place, Table& table) {
  MACHI_TRY(place.only({"id", "inputs", "rows", "else", "source"}));
  MACHI_TRY_SET(inputs, place["inputs"].items());
  for (const Place& input : inputs) {
    MACHI_TRY_SET(fact, fact_named(input));
    table.inputs.push_back(fact);
  }
  MACHI_TRY_SET(rows, place["rows"].items());
  if (inputs.empty() || rows.empty()) return place.fault("a table has inputs and rows");
  if (rows.size() > kMostRows) return place["rows"].fault("too many rows", Code::TooLarge);
  for (const Place& at : rows) {
    MACHI_TRY(at.only({"when", "value"}));
    TableRow row;
    row.when.resize(inputs.size());
    MACHI_TRY_SET(value_of_row, at["value"].integer());
    row.value = value_of_row;
    MACHI_TRY_SET(members, at["when"].members());
    for (const auto& [name, member] : members) {
      const int fact = pack_.fact_of(name);
      const auto found = std::find(table.inputs.begin(), table.inputs.end(), fact);
      if (fact < 0 || found == table.inputs.end()) return member.fault("this is no input of the table");
      const Fact& about = pack_.facts[static_cast<std::size_t>(fact)];
      Ranges wanted;
      if (member.is_map()) {
        MACHI_TRY(member.only({"is", "in", "from", "to", "below", "above"}));
        MACHI_TRY_SET(found_ranges, ranges(member, about));
        wanted = std::move(found_ranges);
      } else {
        MACHI_TRY_SET(one, value(member, about));
        wanted.push_back({one, one});
      }
      row.when[static_cast<std::size_t>(found - table.inputs.begin())] = std::move(wanted);
    }
    table.rows.push_back(std::move(row));
  }
  MACHI_TRY_SET(otherwise, place["else"].integer());
  table.otherwise = otherwise;
  if (place.has("source")) {
    MACHI_TRY_SET(source, read_source(place["source"]));
    table.source = source;
  }
  return {};
}

Status PackReader::read_tables() {
  MACHI_TRY_SET(places, root_["tables"].items());
  for (const Place& place : places) {
    MACHI_TRY_SET(id, place["id"].id());
    if (pack_.table_of(id) >= 0) return place["id"].fault("a second table of this name");
    Table table;
    table.id = id;
    MACHI_TRY(read_table(place, table));
    pack_.tables.push_back(std::move(table));
  }
  return {};
}

Status PackReader::name_benefits() {
  MACHI_TRY_SET(places, root_["benefits"].items());
  if (places.size() > kMostBenefits) return root_["benefits"].fault("too many benefits", Code::TooLarge);
  for (const Place& place : places) {
    Benefit benefit;
    MACHI_TRY_SET(id, place["id"].id());
    if (pack_.benefit_of(id) >= 0) return place["id"].fault("a second benefit of this name");
    benefit.id = id;
    pack_.benefits.push_back(std::move(benefit));
  }
  return {};
}

Status PackReader::read_benefit(const Place& place, Benefit& benefit) {
  MACHI_TRY(place.only({"id", "name", "level", "kind", "when", "amounts", "how", "where", "documents",
                        "deadline", "note", "from", "to", "source", "monotone"}));
  MACHI_TRY_SET(level, place["level"].text());
  if (!one_of(kLevels, level))
    return place["level"].fault("a level is national, prefecture, town or company");
  MACHI_TRY_SET(kind, place["kind"].id());
  MACHI_TRY_SET(when, condition(place["when"]));
  MACHI_TRY_SET(from, place["from"].date_if_given());
  MACHI_TRY_SET(to, place["to"].date_if_given());
  MACHI_TRY_SET(source, read_source(place["source"]));
  if (from && to && *from > *to) return place["to"].fault("it ends before it begins");
  benefit.level = level, benefit.kind = kind, benefit.when = when, benefit.from = from, benefit.to = to,
  benefit.source = source;
  for (const auto& [key, text] :
       {std::tuple{"name", &benefit.name}, std::tuple{"how", &benefit.how},
        std::tuple{"where", &benefit.where}, std::tuple{"documents", &benefit.documents},
        std::tuple{"deadline", &benefit.deadline}, std::tuple{"note", &benefit.note}}) {
    const std::string_view name = key;
    MACHI_TRY_SET(found, read_text(place[key], name == "name" || name == "where"));
    *text = std::move(found);
  }
  MACHI_TRY_SET(amounts, place["amounts"].items());
  for (const Place& at : amounts) {
    MACHI_TRY(at.only({"label", "per", "yen", "when"}));
    Amount amount;
    MACHI_TRY_SET(label, read_text(at["label"], false));
    MACHI_TRY_SET(per, at["per"].text());
    if (!one_of(kPers, per)) return at["per"].fault("per is month, year, once, day or use");
    MACHI_TRY_SET(yen, number(at["yen"]));
    amount.label = std::move(label), amount.per = per, amount.yen = yen;
    if (at.has("when")) {
      MACHI_TRY_SET(only_when, condition(at["when"]));
      amount.when = only_when;
    }
    benefit.amounts.push_back(std::move(amount));
  }
  MACHI_TRY_SET(claims, place["monotone"].items());
  for (const Place& at : claims) {
    MACHI_TRY(at.only({"fact", "keptWith"}));
    MACHI_TRY_SET(fact, fact_named(at["fact"]));
    MACHI_TRY_SET(way, at["keptWith"].text());
    if (way != "more" && way != "less") return at["keptWith"].fault("more or less is expected");
    const Fact& about = pack_.facts[static_cast<std::size_t>(fact)];
    if (about.derivation != Derivation::Asked ||
        (about.type != FactType::Number && about.type != FactType::Yen))
      return at["fact"].fault("only of a number that is asked for");
    benefit.monotone.push_back({fact, way == "more"});
  }
  return {};
}

Status PackReader::read_benefits() {
  MACHI_TRY_SET(places, root_["benefits"].items());
  for (std::size_t i = 0; i < places.size(); ++i) {
    Benefit benefit = pack_.benefits[i];
    MACHI_TRY(read_benefit(places[i], benefit));
    pack_.benefits[i] = std::move(benefit);
  }
  return {};
}

Status PackReader::read_points(const Place& place, std::vector<PointItem>& items) {
  MACHI_TRY_SET(places, place.items());
  for (const Place& at : places) {
    MACHI_TRY(at.only({"label", "when", "points"}));
    PointItem item;
    MACHI_TRY_SET(label, read_text(at["label"], true));
    MACHI_TRY_SET(when, condition(at["when"]));
    MACHI_TRY_SET(points, at["points"].integer());
    item.label = std::move(label), item.when = when, item.points = points;
    items.push_back(std::move(item));
  }
  return {};
}

Status PackReader::read_schemes() {
  MACHI_TRY_SET(places, root_["points"].items());
  for (const Place& place : places) {
    MACHI_TRY(place.only({"id", "name", "combine", "base", "adjust", "source"}));
    PointScheme scheme;
    MACHI_TRY_SET(id, place["id"].id());
    if (pack_.scheme_of(id) >= 0) return place["id"].fault("a second scheme of this name");
    MACHI_TRY_SET(name, read_text(place["name"], true));
    MACHI_TRY_SET(combine, place["combine"].text());
    if (combine != "sum" && combine != "least" && combine != "most")
      return place["combine"].fault("combine is sum, least or most");
    MACHI_TRY_SET(source, read_source(place["source"]));
    scheme.id = id, scheme.name = std::move(name), scheme.source = source;
    scheme.combine = combine == "sum" ? Combine::Sum : combine == "least" ? Combine::Least : Combine::Most;
    MACHI_TRY(read_points(place["base"], scheme.base));
    MACHI_TRY(read_points(place["adjust"], scheme.adjust));
    if (scheme.base.empty()) return place["base"].fault("a scheme has base points");
    pack_.schemes.push_back(std::move(scheme));
  }
  return {};
}

Status PackReader::read_tests() {
  MACHI_TRY_SET(places, root_["tests"].items());
  if (places.size() > kMostTests) return root_["tests"].fault("too many tests", Code::TooLarge);
  for (const Place& place : places) {
    MACHI_TRY(place.only({"name", "today", "person", "benefits", "yen", "points"}));
    PackTest test;
    MACHI_TRY_SET(name, place["name"].text());
    MACHI_TRY_SET(today, place["today"].date());
    test.name = name, test.today = today, test.person = place["person"].value(), test.path = place.path();
    if (test.person == nullptr) return place["person"].fault("missing", Code::Missing);
    if (place.has("benefits")) {
      MACHI_TRY_SET(members, place["benefits"].members());
      for (const auto& [id, member] : members) {
        const int benefit = pack_.benefit_of(id);
        MACHI_TRY_SET(word, member.text());
        if (benefit < 0) return member.fault("there is no such benefit");
        if (word != "yes" && word != "no" && word != "unknown")
          return member.fault("yes, no or unknown is expected");
        test.benefits.emplace_back(benefit, word);
      }
    }
    for (const char* key : {"yen", "points"})
      if (place.has(key)) {
        const bool yen = std::string_view(key) == "yen";
        MACHI_TRY_SET(members, place[key].members());
        for (const auto& [id, member] : members) {
          const int index = yen ? pack_.benefit_of(id) : pack_.scheme_of(id);
          MACHI_TRY_SET(expected, member.integer());
          if (index < 0) return member.fault("there is nothing of this name");
          (yen ? test.yen : test.points).emplace_back(index, expected);
        }
      }
    if (test.benefits.empty() && test.yen.empty() && test.points.empty())
      return place.fault("a test expects something");
    tests_.push_back(std::move(test));
  }
  return {};
}

Result<Pack> PackReader::read() {
  MACHI_TRY(read_head());
  MACHI_TRY(name_facts());
  MACHI_TRY(name_benefits());
  MACHI_TRY(read_tables());
  MACHI_TRY(read_facts());
  MACHI_TRY(read_benefits());
  MACHI_TRY(read_schemes());
  MACHI_TRY(read_tests());
  return std::move(pack_);
}

Result<Pack> read_pack(const code::Cbor& written) {
  PackReader reader(written);
  MACHI_TRY_SET(pack, reader.read());
  MACHI_TRY(check_cycles(pack));
  MACHI_TRY(check_tables(pack));
  note_bounds(pack);
  note_facts(pack);
  MACHI_TRY(run_tests(pack, reader.tests()));
  return pack;
}

}  // namespace machi::rules
