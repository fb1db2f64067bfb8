// machi qr and machi pass, as somebody at a keyboard meets them.
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/unit/program/program.h"

namespace machi::program_test {
namespace {

namespace fs = std::filesystem;

struct Folder {
  std::string path;
  Folder() {
    char name[] = "/tmp/machi-pass-XXXXXX";
    path = mkdtemp(name) == nullptr ? "" : name;
  }
  ~Folder() { fs::remove_all(path); }
  std::string operator/(const std::string& file) const { return path + "/" + file; }
};

const std::string kTown = "48590000000000000000000000000000";
const std::string kFamily =
    R"({"members": [{"kana": "さくら ゆうこ", "birth": "1985-04-02", "sex": "female"},
        {"kana": "さくら みお", "birth": "2017-06-03", "needs": ["allergy"], "allergens": ["egg"]}],
        "telephone": "0000-12-0420", "pets": ["dog"], "household": "0102030405060708090a0b0c0d0e0f10", "counter": 4})";

// Made with a new key in `folder`.
Said made(const Folder& folder) {
  const Said key = run("pass key " + (folder / "key"));
  EXPECT_EQ(key.code, 0) << key.err;
  return run("pass new - --town " + kTown + " --key " + key.json()["public"].get<std::string>(), kFamily);
}

TEST(QrCamera, SaysWhyADeviceGivesNoFrames) {
  const Said none = run("qr camera /dev/null --seconds 2");
  EXPECT_EQ(none.code, 1);
  EXPECT_NE(none.err.find("/dev/null is no camera."), std::string::npos) << none.err;
  EXPECT_EQ(none.out, "");
  const Said away = run("qr camera /dev/video-that-is-not-there --seconds 1");
  EXPECT_EQ(away.code, 1);
  EXPECT_NE(away.err.find("waiting for it"), std::string::npos) << away.err;
  EXPECT_EQ(run("qr camera").code, 2);
}

TEST(PassCommand, MakesAPassThatItReadsAgain) {
  const Folder folder;
  const Said pass = made(folder);
  ASSERT_EQ(pass.code, 0) << pass.err;
  EXPECT_LE(pass.json()["bytes"].get<int>(), 400);
  std::ofstream(folder / "pass.txt") << pass.json()["pass"].get<std::string>() << "\n";
  const Said read =
      run("pass read " + (folder / "pass.txt") + " --town " + kTown + " --key " + (folder / "key"));
  ASSERT_EQ(read.code, 0) << read.err;
  EXPECT_TRUE(read.json()["trouble"].is_null());
  const auto found = read.json()["pass"];
  EXPECT_EQ(found["counter"], 4);
  EXPECT_EQ(found["telephone"], "0000120420");
  EXPECT_EQ(found["consent"], false);
  EXPECT_EQ(found["pets"][0], "dog");
  EXPECT_EQ(found["ageDays"], 0);
  ASSERT_EQ(found["members"].size(), 2u);
  EXPECT_EQ(found["members"][1]["kana"], "さくら みお");
  EXPECT_EQ(found["members"][1]["allergens"][0], "egg");
}

TEST(PassCommand, SaysWhatIsWrongWithAPass) {
  const Folder folder;
  const std::string text = made(folder).json()["pass"];
  const std::string own = " --key " + (folder / "key");
  const auto trouble = [&](const std::string& what, const std::string& options) {
    std::ofstream(folder / "p") << what;
    const Said said = run("pass read " + (folder / "p") + options);
    return std::pair{said.code,
                     said.json()["trouble"].is_null() ? "" : said.json()["trouble"].get<std::string>()};
  };
  const std::string here = " --town " + kTown;
  EXPECT_EQ(trouble(text, here + own), std::pair(0, std::string()));
  EXPECT_EQ(trouble(text, here + own + " --newest 5"), std::pair(0, std::string("superseded")));
  EXPECT_EQ(trouble(text.substr(0, 90), here + own), std::pair(1, std::string("cut")));
  EXPECT_EQ(trouble("https://www.example/", here + own), std::pair(1, std::string("not-pass")));
  EXPECT_EQ(trouble(text, " --town " + std::string(32, '9') + own), std::pair(1, std::string("other-town")));
  EXPECT_EQ(trouble(text, here), std::pair(1, std::string("other-key")));
  std::string broken = text;
  broken[100] = broken[100] == 'A' ? 'B' : 'A';
  EXPECT_EQ(trouble(broken, here + own), std::pair(1, std::string("damaged")));
}

TEST(PassCommand, RefusesAHouseholdWithPlaceAndReason) {
  const Folder folder;
  const std::string public_key = run("pass key " + (folder / "key")).json()["public"];
  const std::pair<const char*, const char*> cases[] = {
      {R"({"members": []})", "members: at least one person"},
      {R"({"members": [{"birth": "1985-04-02"}]})", "members[0].kana: missing"},
      {R"({"members": [{"kana": "あ", "birth": "1985-02-30"}]})", "members[0].birth: no such day"},
      {R"({"members": [{"kana": "あ", "birth": "1985-04-02", "needs": ["milk"]}]})",
       "members[0].needs[0]: no such word"},
      {R"({"members": [{"kana": "あ", "birth": "1985-04-02", "sex": "f"}]})",
       "members[0].sex: male, female or other"},
      {R"({"members": [{"kana": "あ", "birth": "1985-04-02"}], "telephone": "1"})",
       "telephone: no telephone number"},
      {R"({"members": [{"kana": "あ", "birth": "1985-04-02"}], "adress": "x"})",
       "adress: there is no such field"},
  };
  for (const auto& [input, why] : cases) {
    const Said said = run("pass new - --town " + kTown + " --key " + public_key, input);
    EXPECT_EQ(said.code, 1) << input;
    EXPECT_NE(said.err.find(why), std::string::npos) << input << ": " << said.err;
    EXPECT_EQ(said.out, "");
  }
  EXPECT_EQ(run("pass key " + (folder / "key")).code, 1) << "a key was written over";
}

TEST(QrCommand, ReadsWhatItWrote) {
  const Folder folder;
  const std::string pass = made(folder).json()["pass"];
  ASSERT_EQ(run("qr write '" + pass + "' -o " + (folder / "pass.png")).code, 0);
  const Said qr = run("qr read " + (folder / "pass.png"));
  ASSERT_EQ(qr.code, 0) << qr.err;
  EXPECT_EQ(qr.json()["text"], pass);
  const Said read =
      run("pass read " + (folder / "pass.png") + " --town " + kTown + " --key " + (folder / "key"));
  EXPECT_EQ(read.code, 0) << read.err;
  ASSERT_EQ(run("qr write HELLO -o " + (folder / "hello.svg")).code, 0);
  EXPECT_EQ(slurp(folder / "hello.svg").substr(0, 4), "<svg");
  EXPECT_EQ(run("qr write HELLO -o " + (folder / "hello.gif")).code, 1);
}

TEST(QrCommand, PrintsALineAPictureAndSaysWhyOneIsNot) {
  const Folder folder;
  ASSERT_EQ(run("qr write A -o " + (folder / "a.png")).code, 0);
  const std::string whole = slurp(folder / "a.png");
  std::ofstream(folder / "cut.png") << whole.substr(0, whole.size() / 2);
  std::ofstream(folder / "no.png") << "no picture";
  std::ofstream(folder / "empty.png") << "";
  std::filesystem::create_directory(folder / "folder");
  std::ofstream(folder / "large.jpg") << "\xFF\xD8";
  std::filesystem::resize_file(folder / "large.jpg", 65u << 20);
  const std::pair<const char*, const char*> cases[] = {
      {"a.png", ""},
      {"cut.png", "The picture is cut short or damaged."},
      {"no.png", "This is no PNG or JPEG picture."},
      {"empty.png", "This is no PNG or JPEG picture."},
      {"folder", "This is a folder. Name the pictures in it."},
      {"large.jpg", "The file is larger than 64 MB."},
      {"nowhere.png", "There is no such file."}};
  std::string files;
  for (const auto& [file, why] : cases) files += " " + (folder / file);
  const Said said = run("qr read" + files);
  EXPECT_EQ(said.code, 1);
  std::istringstream lines(said.out);
  for (const auto& [file, why] : cases) {
    std::string line;
    ASSERT_TRUE(std::getline(lines, line)) << file;
    const auto one = nlohmann::json::parse(line, nullptr, false);
    EXPECT_EQ(one["file"], folder / file);
    if (*why == 0)
      EXPECT_EQ(one["text"], "A");
    else
      EXPECT_TRUE(one["text"].is_null() && one["why"] == why) << line;
  }
}

}  // namespace
}  // namespace machi::program_test
