// The town's rules on a phone: taken with the town's signature, kept when another pack is refused.
#include "tests/journeys/support_steps.h"

#include "core/app/event.h"
#include "core/pages/pack_shelf.h"

namespace machi::journeys {
namespace {

struct RulesTown : testing::Test {
  Town town{5};
  nlohmann::json pack = sample_rules();
  void give_out() { town.give_out_rules(rules::cbor_of(pack)); }
  // As somebody does who opens it again.
  static void look(Town& town, Device& phone) {
    phone.send(app::Turned{"home", "ja", false});
    town.run_for(2000);
    phone.press("support");
  }
};

TEST_F(RulesTown, IsOpenedFromTheCitizensApp) {
  Device& parent = town.phone("parent");
  parent.start();
  town.run_for(2000);
  parent.press("support");
  ASSERT_EQ(parent.turns.size(), 1u);
  EXPECT_EQ(parent.turns[0].app, "support");
  Device& phone = support_phone(town, "phone");
  phone.back();
  ASSERT_EQ(phone.turns.size(), 1u);
  EXPECT_EQ(phone.turns[0].app, "citizen");
}

TEST_F(RulesTown, TakesSignedRulesAndKeepsThemWithoutANetwork) {
  give_out();
  Device& phone = support_phone(town, "phone");
  phone.press("support");
  EXPECT_TRUE(phone.sees("第" + std::to_string(pack["version"].get<int>()) + "版")) << phone.text();
  phone.stop();
  town.hub_away(true);
  phone.start();
  town.run_for(2000);
  look(town, phone);
  EXPECT_TRUE(phone.sees("版")) << phone.text();
  EXPECT_TRUE(phone.sees("前の決まりを使っています"));
}

TEST_F(RulesTown, RefusesUnsignedAndOlderAndUnsoundRulesAndTheOldStay) {
  pack["version"] = 7;
  give_out();
  Device& phone = support_phone(town, "phone");
  look(town, phone);
  EXPECT_TRUE(phone.sees("第7版"));
  // Somebody else's pen.
  pack["version"] = 8;
  base::Array<32> seed{};
  const auto good = town.site[pages::kPackPath];
  town.site[pages::kPackPath] = pages::encode_pack_file(
      town.feed().raw_delegations,
      rules::sign_pack(town.id(), rules::cbor_of(pack), crypto::sign_key(crypto::Secret<32>(seed))));
  look(town, phone);
  EXPECT_TRUE(phone.sees("町の署名がありません")) << phone.text();
  EXPECT_TRUE(phone.sees("第7版"));
  // Without any signature.
  town.site[pages::kPackPath] = code::encode(rules::cbor_of(pack));
  look(town, phone);
  EXPECT_TRUE(phone.sees("町の署名がありません"));
  // Signed, and older.
  pack["version"] = 6;
  give_out();
  look(town, phone);
  EXPECT_TRUE(phone.sees("今のものより古い")) << phone.text();
  EXPECT_TRUE(phone.sees("第7版"));
  // Signed, newer, and a test of its own does not hold.
  pack["version"] = 9;
  pack["tests"][0]["benefits"][pack["benefits"][0]["id"].get<std::string>()] = "no";
  pack["benefits"][0]["when"] = {{"everybody", true}};
  give_out();
  look(town, phone);
  EXPECT_TRUE(phone.sees("読めません")) << phone.text();
  EXPECT_TRUE(phone.sees("第7版"));
  town.site[pages::kPackPath] = good;
  look(town, phone);
  EXPECT_FALSE(phone.sees("前の決まりを使っています")) << phone.text();
  EXPECT_TRUE(phone.sees("第7版"));
}

TEST_F(RulesTown, SaysThatATownHasNoRules) {
  Device& phone = support_phone(town, "phone");
  phone.press("support");
  EXPECT_TRUE(phone.sees("まだ決まりを出していません")) << phone.text();
}

}  // namespace
}  // namespace machi::journeys
