// What a pack is refused for, with the place; and that the sample town's is sound.
#include "core/rules/pack.h"

#include "core/rules/signed_pack.h"
#include "tests/unit/rules/json_pack.h"

namespace machi::rules {
namespace {

using nlohmann::json;

TEST(Pack, OfTheSampleTownIsSoundAndHoldsItsTests) {
  const auto pack = read_json_pack(sample_json());
  ASSERT_TRUE(pack.ok()) << pack.error().detail;
  EXPECT_GE(pack->benefits.size(), 60u);
  EXPECT_GE(pack->tests, 20);
  EXPECT_EQ(pack->schemes.size(), 2u);
  std::set<std::string> levels;
  for (const Benefit& benefit : pack->benefits) {
    levels.insert(benefit.level);
    // Every rule names its source, or says that it is invented.
    EXPECT_TRUE(benefit.source.invented || !benefit.source.law.empty() || !benefit.source.page.empty())
        << benefit.id;
    EXPECT_TRUE(benefit.name.contains("ja") && benefit.name.contains("en")) << benefit.id;
  }
  EXPECT_EQ(levels, (std::set<std::string>{"company", "national", "prefecture", "town"}));
}

TEST(Pack, IsRefusedWithPlaceAndReason) {
  EXPECT_EQ(refusal(small_json()), "");
  const auto broken = [](auto change) {
    json pack = small_json();
    change(pack);
    return refusal(pack);
  };
  EXPECT_EQ(broken([](json& p) { p["benefits"][0]["when"]["all"][1]["fact"] = "grad"; }),
            "benefits[0].when.all[1].fact: no fact is called grad");
  EXPECT_EQ(broken([](json& p) { p["benefits"][0]["when"]["all"][1]["in"][1] = "7"; }),
            "benefits[0].when.all[1].in[1]: the fact grade has no choice 7");
  EXPECT_EQ(broken([](json& p) { p["benefits"][0]["wen"] = 1; }),
            "benefits[0].wen: there is no such field here");
  EXPECT_EQ(broken([](json& p) {
              p["benefits"][0]["when"] = {{"all", json::array()}};
            }),
            "benefits[0].when.all: a list of conditions is expected");
  EXPECT_EQ(broken([](json& p) {
              p["benefits"][0]["when"] = {{"fact", "age"}, {"from", 30}, {"below", 30}};
            }),
            "benefits[0].when: no value lies between these bounds");
  EXPECT_EQ(broken([](json& p) {
              p["benefits"][0]["amounts"][0]["yen"] = {{"table", "sums"}};
            }),
            "benefits[0].amounts[0].yen.table: no table is called sums");
  EXPECT_EQ(broken([](json& p) { p["benefits"][0]["source"] = json::object(); }),
            "benefits[0].source: a source is a law or a page, or says that it is invented");
  EXPECT_EQ(broken([](json& p) { p["benefits"].push_back(p["benefits"][0]); }),
            "benefits[1].id: a second benefit of this name");
  EXPECT_EQ(broken([](json& p) {
              p["tables"][0]["rows"][1]["when"]["grade"] = {{"in", {"1", "2"}}};
            }),
            "tables: rows[0] and rows[1] of sum overlap");
  EXPECT_EQ(broken([](json& p) { p["tables"][0]["rows"][1]["when"] = json::object(); }),
            "tables: rows[0] and rows[1] of sum overlap");
  EXPECT_EQ(broken([](json& p) {
              p["facts"].push_back(
                  {{"id", "a"}, {"label", "a"}, {"derive", {{"when", {{"not", {{"fact", "b"}}}}}}}});
              p["facts"].push_back({{"id", "b"}, {"label", "b"}, {"derive", {{"when", {{"fact", "a"}}}}}});
            }),
            "facts: a comes from itself, in a circle");
  EXPECT_EQ(broken([](json& p) {
              p["benefits"][0]["when"] = {{"benefit", "aid"}};
            }),
            "benefits: aid depends on itself, in a circle");
  EXPECT_EQ(broken([](json& p) { p["format"] = 2; }), "format: this program reads format 1");
  EXPECT_EQ(broken([](json& p) { p["phrases"].erase("yes"); }), "phrases.yes: missing");
  EXPECT_EQ(broken([](json& p) {
              p["facts"][0]["label"] = {{"en", "birth"}};
            }),
            "facts[0].label: the text is missing in ja");
  EXPECT_EQ(broken([](json& p) {
              p["facts"][0]["label"] = {{"ja", "x"}, {"fr", "x"}};
            }),
            "facts[0].label.fr: the pack does not name this language");
  EXPECT_EQ(broken([](json& p) { p["facts"][3]["each"] = true; }),
            "benefits: aid asks for home, which is a fact of each guardian");
  EXPECT_EQ(broken([](json& p) { p["issued"] = "2026-02-30"; }), "issued: a date as 2026-11-24 is expected");
}

TEST(Pack, WhoseOwnTestFailsIsRefused) {
  json pack = small_json();
  pack["tests"] = {{{"name", "grade 1 at home"},
                    {"today", "2026-11-24"},
                    {"person", {{"facts", {{"birth", "1980-04-02"}, {"grade", "1"}, {"home", true}}}}},
                    {"benefits", {{"aid", "yes"}}},
                    {"yen", {{"aid", 200}}}}};
  EXPECT_EQ(refusal(pack), "");
  EXPECT_EQ(read_json_pack(pack)->tests, 1);
  pack["tests"][0]["benefits"]["aid"] = "no";
  EXPECT_EQ(refusal(pack), "tests[0] (grade 1 at home): aid is yes, expected no");
  pack["tests"][0]["benefits"]["aid"] = "yes";
  pack["tests"][0]["yen"]["aid"] = 300;
  EXPECT_EQ(refusal(pack), "tests[0] (grade 1 at home): aid is 200, expected 300");
}

TEST(Pack, WhoseClaimOfMonotonyDoesNotHoldIsRefused) {
  json pack = small_json();
  pack["benefits"][0]["when"]["all"].push_back({{"fact", "income"}, {"to", 5000}});
  pack["benefits"][0]["monotone"] = {{{"fact", "income"}, {"keptWith", "less"}}};
  pack["tests"] = {
      {{"name", "t"},
       {"today", "2026-11-24"},
       {"person", {{"facts", {{"birth", "1980-04-02"}, {"grade", "1"}, {"home", true}, {"income", 0}}}}},
       {"benefits", {{"aid", "yes"}}}}};
  EXPECT_EQ(refusal(pack), "");
  pack["benefits"][0]["monotone"][0]["keptWith"] = "more";
  EXPECT_EQ(refusal(pack), "tests[0] (t): aid is not monotone in income");
}

TEST(SignedPack, OfTheTownsEditorIsTakenAndOnlyWhenItIsNewer) {
  ASSERT_TRUE(crypto::ready());
  const auto key_of = [](std::uint8_t first) {
    base::Array<32> seed{};
    seed[0] = first;
    return crypto::sign_key(crypto::Secret<32>(seed));
  };
  const auto editor = key_of(1), other = key_of(2);
  TownId town, elsewhere;
  town.bytes[0] = 1;
  elsewhere.bytes[0] = 2;
  const code::Cbor written = cbor_of(small_json());
  const base::Bytes made = sign_pack(town, written, editor);
  EXPECT_EQ(open_pack(made, town, {editor.open}, std::nullopt)->version, 3);
  EXPECT_TRUE(open_pack(made, town, {other.open, editor.open}, HeldPack{"small", 2}).ok());
  EXPECT_TRUE(open_pack(made, town, {editor.open}, HeldPack{"another", 9}).ok());
  EXPECT_EQ(open_pack(made, town, {editor.open}, HeldPack{"small", 3}).code(), base::Code::Conflict);
  EXPECT_EQ(open_pack(made, town, {editor.open}, HeldPack{"small", 4}).code(), base::Code::Conflict);
  EXPECT_EQ(open_pack(made, elsewhere, {editor.open}, std::nullopt).code(), base::Code::WrongTown);
  EXPECT_EQ(open_pack(made, town, {other.open}, std::nullopt).code(), base::Code::BadSignature);
  EXPECT_EQ(open_pack(made, town, {}, std::nullopt).code(), base::Code::UnknownKey);
  EXPECT_FALSE(open_pack(code::encode(written), town, {editor.open}, std::nullopt).ok());
  const base::Bytes wrong_purpose = code::sign1(editor, "machi-item+cose", code::encode(written));
  EXPECT_EQ(open_pack(wrong_purpose, town, {editor.open}, std::nullopt).code(), base::Code::WrongPurpose);
  for (std::size_t i = 0; i < made.size(); i += 37) {
    base::Bytes altered = made;
    altered[i] ^= 1;
    EXPECT_FALSE(open_pack(altered, town, {editor.open}, std::nullopt).ok()) << i;
  }
  json unsound = small_json();
  unsound["benefits"][0]["when"] = {{"benefit", "aid"}};
  EXPECT_EQ(open_pack(sign_pack(town, cbor_of(unsound), editor), town, {editor.open}, std::nullopt).code(),
            base::Code::BadInput);
}

}  // namespace
}  // namespace machi::rules
