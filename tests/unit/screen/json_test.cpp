// Screens as JSON: goldens, there and back again, and texts that are no screens.
#include "core/screen/json.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "tests/unit/screen/sample_screens.h"

namespace machi::screen {
namespace {

// One node a line, so that a change is seen where it is.
std::string lines(std::string json) {
  for (std::size_t at = 0; (at = json.find("{\"id\"", at)) != std::string::npos; at += 6)
    json.insert(at, "\n");
  return json + "\n";
}

// MACHI_REWRITE_GOLDENS=1 writes the file anew; look at the difference before committing it.
void expect_golden(const std::string& name, const std::string& text) {
  const std::string path = std::string(MACHI_SOURCE_DIR) + "/tests/unit/screen/goldens/" + name + ".expected";
  if (std::getenv("MACHI_REWRITE_GOLDENS") != nullptr) std::ofstream(path, std::ios::binary) << text;
  std::ifstream in(path, std::ios::binary);
  EXPECT_EQ(text, std::string(std::istreambuf_iterator<char>(in), {}));
}

TEST(ScreenJson, OfAFormIsAsExpected) { expect_golden("form", lines(to_json(form_screen()))); }
TEST(ScreenJson, OfEveryRoleIsAsExpected) {
  expect_golden("every_role", lines(to_json(every_role_screen())));
}

TEST(ScreenJson, ComesBackAsItWas) {
  for (const Screen& screen : {form_screen(), every_role_screen()}) {
    const std::string json = to_json(screen);
    const auto back = screen_from_json(json);
    ASSERT_TRUE(back.ok());
    EXPECT_EQ(to_json(*back), json);
    EXPECT_EQ(find(*back, "slip") == nullptr ? "" : find(*back, "slip")->matrix,
              screen.name == "every.role" ? "100010001" : "");
  }
}

TEST(ScreenJson, LeavesDefaultsOut) {
  const std::string json = to_json(form_screen());
  for (const char* left_out :
       {"\"disabled\"", "\"tone\"", "\"state\"", "\"columns\"", "\"href\"", "\"announce\""})
    EXPECT_EQ(json.find(left_out), std::string::npos) << left_out;
}

TEST(ScreenJson, WritesNoBrokenText) {
  Screen screen = empty_screen();
  screen.main = {
      text("t", std::string("a\0\x1f\"\\/\x7f", 7) + "\xff\xe3\x81\xed\xa0\x80\xf0\x9f\x98\x80 𠮷 \xc0\x80")};
  const auto back = screen_from_json(to_json(screen));
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(back->main[0].name,
            std::string("a\0\x1f\"\\/\x7f", 7) + "���\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd😀 𠮷 ��");
}

TEST(ScreenJson, KeepsTheLargestNumbers) {
  Screen screen = empty_screen();
  screen.revision = INT64_MIN;
  EXPECT_EQ(screen_from_json(to_json(screen))->revision, INT64_MIN);
}

TEST(ActionJson, TakesWhatIsLeftOutAsEmpty) {
  const auto action = action_from_json(
      R"({"screen":"s","revision":3,"node":"n","action":"choose","values":["a","b"],"more":1})");
  ASSERT_TRUE(action.ok());
  EXPECT_EQ(action->revision, 3);
  EXPECT_EQ(action->version, "");
  EXPECT_EQ(action->values, (std::vector<std::string>{"a", "b"}));
}

TEST(ActionJson, RefusesWhatIsNoAction) {
  for (const char* text :
       {"", "{", "null", "[]", "{}", R"({"screen":"s","revision":3,"node":"n"})",
        R"({"screen":1,"revision":3,"node":"n","action":"press"})",
        R"({"screen":"s","revision":3.5,"node":"n","action":"press"})",
        R"({"screen":"s","revision":99999999999999999999,"node":"n","action":"press"})",
        R"({"screen":"s","revision":3,"node":"n","action":"press","values":"a"})",
        R"({"screen":"s","revision":3,"node":"n","action":"press","values":[1]})", "{\"screen\":\"\xff\"}"})
    EXPECT_EQ(action_from_json(text).code(), base::Code::BadInput) << text;
}

TEST(Json, RefusesWhatIsNestedTooDeep) {
  EXPECT_TRUE(Json::parse(std::string(60, '[') + std::string(60, ']')).ok());
  EXPECT_FALSE(Json::parse(std::string(100000, '[')).ok());
  EXPECT_FALSE(Json::parse(std::string(65, '[') + std::string(65, ']')).ok());
  EXPECT_TRUE(Json::parse("\"" + std::string(100, '[') + "\"").ok());
}

TEST(Json, TakesWhatTheStandardTakes) {
  for (const char* text : {"null", " [ ] ", "{}", "[1,-0,0.5,1e9,-2.5E-3]", "{\"a\":{\"b\":[true,false]}}", "\"\\u3042\"",
                           "\t\r\n\"x\"", "{\"a\":1,\"a\":2}"})
    EXPECT_TRUE(Json::parse(text).ok()) << text;
}

TEST(Json, RefusesWhatTheStandardRefuses) {
  for (const char* text :
       {"", " ", "nul", "truee", "01", "-", "1.", ".5", "1e", "+1", "[1,]", "[,1]", "[1 2]", "{\"a\"}", "{a:1}", "{\"a\":1,}", "[", "{",
        "\"", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"", "\"a\nb\"", "\"\xff\"",
        "\"\xc0\x80\"", "1 2", "'a'", "NaN", "[1}", "{\"a\":1]"})
    EXPECT_EQ(Json::parse(text).code(), base::Code::BadInput) << text;
  EXPECT_FALSE(Json::parse(std::string_view("1\0", 2)).ok());
  EXPECT_FALSE(Json::parse(std::string_view("\"a\\\0\"", 5)).ok());
}

TEST(Json, ReadsEveryEscape) {
  const auto json = Json::parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u3042\\ud842\\udfb7\"");
  ASSERT_TRUE(json.ok());
  EXPECT_EQ(json->root().text(), "\"\\/\b\f\n\r\tA\u3042\U00020BB7");
}

TEST(Json, TellsWholeNumbersFromOthers) {
  const auto json = Json::parse("[9223372036854775807,-9223372036854775808,9223372036854775808,1.0,1e2,-0]");
  ASSERT_TRUE(json.ok());
  EXPECT_EQ(json->root().at(0).integer(), INT64_MAX);
  EXPECT_EQ(json->root().at(1).integer(), INT64_MIN);
  for (std::size_t i = 2; i < 5; ++i) EXPECT_EQ(json->root().at(i).integer(), std::nullopt) << i;
  EXPECT_EQ(json->root().at(5).integer(), 0);
}

TEST(Json, FindsTheLastOfTwoNamesAndGivesItsSource) {
  const auto json = Json::parse("{\"a\":1, \"a\" : { \"b\": [1, 2] } }");
  ASSERT_TRUE(json.ok());
  const auto found = json->root().find("a");
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->source(), "{ \"b\": [1, 2] }");
  EXPECT_EQ(json->root().find("b"), std::nullopt);
}

TEST(Json, RefusesUnknownEnumNames) {
  std::string json = to_json(form_screen());
  json.replace(json.find("\"heading\""), 9, "\"heading2\"");
  EXPECT_FALSE(screen_from_json(json).ok());
}

}  // namespace
}  // namespace machi::screen
