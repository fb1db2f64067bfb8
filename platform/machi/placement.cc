// machi placement: children into nurseries, with reasons (core/parenting/placement.h).
#include <algorithm>
#include <cmath>
#include <map>

#include "core/crypto/sodium.h"
#include "core/parenting/placement.h"
#include "platform/machi/json_input.h"
#include "platform/machi/rule_commands.h"

namespace machi::program {
namespace {

using nlohmann::ordered_json;
using parenting::Instance;
using parenting::Quality;
using parenting::Wish;

using Names = std::map<std::string, int>;

base::Result<int> named(const Field& field, const Names& names) {
  MACHI_TRY_SET(name, field.text());
  const auto found = names.find(name);
  if (found == names.end()) return field.fault(base::Code::NotFound, "nothing of this name is in the file");
  return found->second;
}

base::Status read_nursery(const Field& field, Instance& out) {
  MACHI_TRY(field.only({"id", "seats"}));
  parenting::Nursery nursery;
  MACHI_TRY_SET(id, field["id"].text());
  MACHI_TRY_SET(seats, field["seats"].items());
  if (seats.size() != parenting::kClasses)
    return field["seats"].fault(base::Code::BadInput, "seats of six classes, 0 to 5 years, are expected");
  for (std::size_t i = 0; i < seats.size(); ++i) {
    MACHI_TRY_SET(count, seats[i].integer(0, 1000));
    nursery.seats[i] = static_cast<int>(count);
  }
  nursery.id = id;
  out.nurseries.push_back(std::move(nursery));
  return {};
}

base::Status read_child(const Field& field, const Names& nurseries, Instance& out) {
  MACHI_TRY(field.only({"id", "class", "points", "tie", "choices", "bonus"}));
  parenting::Applicant child;
  MACHI_TRY_SET(id, field["id"].text());
  MACHI_TRY_SET(age_class, field["class"].integer(0, parenting::kClasses - 1));
  MACHI_TRY_SET(points, field["points"].integer(-1'000'000, 1'000'000));
  MACHI_TRY_SET(
      tie, field["tie"].given() ? field["tie"].integer(0, 1'000'000'000'000) : base::Result<std::int64_t>(0));
  MACHI_TRY_SET(choices, field["choices"].items());
  for (const Field& choice : choices) {
    MACHI_TRY_SET(nursery, named(choice, nurseries));
    child.choices.push_back(nursery);
  }
  if (const Field bonus = field["bonus"]; bonus.given()) {
    child.bonus.assign(child.choices.size(), 0);
    if (!bonus.json().is_object())
      return bonus.fault(base::Code::BadInput, "an object {nursery: points} is expected");
    for (const auto& [name, value] : bonus.json().items()) {
      const auto nursery = nurseries.find(name);
      const auto at = nursery == nurseries.end()
                          ? child.choices.end()
                          : std::find(child.choices.begin(), child.choices.end(), nursery->second);
      if (at == child.choices.end())
        return bonus[name].fault(base::Code::NotFound, "this nursery is none of the choices");
      MACHI_TRY_SET(more, bonus[name].integer(-1'000'000, 1'000'000));
      child.bonus[static_cast<std::size_t>(at - child.choices.begin())] = more;
    }
  }
  child.id = id, child.age_class = static_cast<int>(age_class), child.points = points, child.tie = tie;
  out.children.push_back(std::move(child));
  return {};
}

base::Status read_family(const Field& field, const Names& children, Instance& out) {
  MACHI_TRY(field.only({"children", "wish"}));
  parenting::Siblings family;
  MACHI_TRY_SET(members, field["children"].items());
  for (const Field& member : members) {
    MACHI_TRY_SET(child, named(member, children));
    family.children.push_back(child);
  }
  MACHI_TRY_SET(wish, field["wish"].text());
  if (wish != "same" && wish != "together" && wish != "either")
    return field["wish"].fault(base::Code::BadInput, "\"same\", \"together\" or \"either\" is expected");
  family.wish = wish == "same" ? Wish::Same : wish == "together" ? Wish::Together : Wish::Either;
  out.families.push_back(std::move(family));
  return {};
}

base::Result<Instance> read_instance(const nlohmann::json& input) {
  const Field root(input);
  MACHI_TRY(root.only({"nurseries", "children", "families"}));
  Instance out;
  Names nurseries, children;
  MACHI_TRY_SET(nursery_fields, root["nurseries"].items());
  for (const Field& field : nursery_fields) {
    MACHI_TRY(read_nursery(field, out));
    nurseries.emplace(out.nurseries.back().id, static_cast<int>(out.nurseries.size()) - 1);
  }
  MACHI_TRY_SET(child_fields, root["children"].items());
  for (const Field& field : child_fields) {
    MACHI_TRY(read_child(field, nurseries, out));
    children.emplace(out.children.back().id, static_cast<int>(out.children.size()) - 1);
  }
  MACHI_TRY_SET(family_fields, root["families"].items());
  for (const Field& field : family_fields) MACHI_TRY(read_family(field, children, out));
  MACHI_TRY(parenting::check_instance(out));
  return out;
}

const char* word_of(parenting::Refusal why) {
  switch (why) {
    case parenting::Refusal::Full:
      return "full: everybody there stands before this child";
    case parenting::Refusal::Siblings:
      return "this child's turn, but not its siblings'";
    case parenting::Refusal::NoSeats:
      return "no seats for its class";
    case parenting::Refusal::Objection:
      return "this child's turn: no stable placement was found";
  }
  return "";
}

ordered_json shown(const Quality& quality) {
  return {{"blocking", quality.blocking},
          {"placed", quality.placed},
          {"meanRank", std::round(quality.mean_rank * 1000) / 1000},
          {"familiesWithAWish", quality.families},
          {"wishesKept", quality.wishes_kept},
          {"wishesBroken", quality.wishes_broken},
          {"siblingsAtOneNursery", quality.siblings_at_one}};
}

int run(const std::string& file, const std::string& expected) {
  const auto input = read_json(file, 256 << 20);
  if (!input.ok()) return complain("The instance cannot be read", input.error());
  const auto instance = read_instance(*input);
  if (!instance.ok()) return complain("This is no instance", instance.error());
  const auto canonical = as_cbor(*input);
  if (!canonical.ok()) return complain("This is no instance", canonical.error());
  const std::string hash = base::to_hex(crypto::sha256(code::encode(*canonical)));
  if (!expected.empty() && expected != hash)
    return complain("This is not the input whose hash was published",
                    base::fail(base::Code::Conflict, "its hash is " + hash));
  const parenting::Placement found = parenting::place(*instance);
  ordered_json children = ordered_json::array();
  for (std::size_t i = 0; i < found.children.size(); ++i) {
    const auto& child = instance->children[i];
    const auto& placed = found.children[i];
    const auto name = [&](int choice) {
      return instance->nurseries[static_cast<std::size_t>(child.choices[static_cast<std::size_t>(choice)])]
          .id;
    };
    ordered_json refused = ordered_json::array();
    for (const auto& one : placed.refused) {
      ordered_json reason = {
          {"nursery", name(one.choice)}, {"why", word_of(one.why)}, {"points", one.own_points}};
      if (one.why == parenting::Refusal::Full) reason["lastAdmitted"] = one.last_points;
      refused.push_back(std::move(reason));
    }
    children.push_back(
        {{"child", child.id},
         {"nursery", placed.choice < 0 ? ordered_json(nullptr) : ordered_json(name(placed.choice))},
         {"rank", placed.choice < 0 ? ordered_json(nullptr) : ordered_json(placed.choice + 1)},
         {"notPlacedAt", std::move(refused)}});
  }
  ordered_json objecting = ordered_json::array();
  for (const int child : found.objecting)
    objecting.push_back(instance->children[static_cast<std::size_t>(child)].id);
  print_in_order({{"input", hash},
                  {"stable", found.stable},
                  {"attempts", found.attempts},
                  {"searched", found.searched},
                  {"quality", shown(found.quality)},
                  {"withoutSiblings", shown(found.plain)},
                  {"objecting", std::move(objecting)},
                  {"children", std::move(children)}});
  return kDone;
}

}  // namespace

Action declare_placement(CLI::App& app) {
  auto file = std::make_shared<std::string>();
  auto expected = std::make_shared<std::string>();
  app.add_option("--expect", *expected,
                 "The published SHA-256 of the input, in lower-case hexadecimal: another input is refused");
  app.add_option("INSTANCE.json", *file, "Nurseries, children and families, or - for standard input")
      ->required();
  app.footer(
      "Reads {\"nurseries\": [{\"id\": \"east\", \"seats\": [3, 5, 6, 6, 6, 6]}], \"children\": [{\"id\": "
      "\"c1\", \"class\": 0, \"points\": 36, "
      "\"tie\": 0, \"choices\": [\"east\", ...], \"bonus\": {\"east\": 5}}], \"families\": [{\"children\": "
      "[\"c1\", \"c2\"], \"wish\": \"same\"}]}. "
      "Seats are of the classes of 0 to 5 years; more points stand before less, less tie before more; up to "
      "15 choices; a wish is same "
      "(one nursery or none), together (all placed or none) or either. One JSON object: each child's "
      "nursery, rank, and why not a dearer "
      "one; whether the placement is stable (nobody has a justified objection), its quality beside a "
      "placement that knows no siblings, "
      "and in \"input\" the SHA-256 of the input as deterministic CBOR, which does not change with spaces or "
      "the order of keys. The same "
      "input gives the same placement everywhere.");
  return [file, expected] { return run(*file, *expected); };
}

}  // namespace machi::program
