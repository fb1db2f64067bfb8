// Phones with the app of disability support and parenting alone, and the town's site that they ask for its
// rules: what the journeys of parenting need, without hub, desks and mail. Events go in, effects are carried
// out at once; the day is 2026-11-24. Test code; one thread; a missing button is a test failure.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <functional>
#include <map>
#include <regex>
#include <set>

#include "core/app/app.h"
#include "core/app/effect.h"
#include "core/app/event.h"
#include "core/app/support.h"
#include "core/crypto/drbg.h"
#include "core/pages/pack_shelf.h"
#include "core/screen/builder.h"
#include "core/screen/json.h"
#include "core/words/words.h"
#include "tests/unit/rules/json_pack.h"

namespace machi::family {

using base::Bytes;

inline crypto::SignKey key_of(std::uint8_t number) {
  base::Array<32> seed{};
  seed.fill(number);
  return crypto::sign_key(crypto::Secret<32>(seed));
}

class Town;

class Phone {
 public:
  Phone(Town& town, std::string name, std::string language);
  void start();
  void stop() { app_.reset(); }

  const screen::Screen& screen() const { return screen_; }
  bool at(std::string_view name) const {
    return std::string_view(screen_.name).substr(0, screen_.name.find('/')) == name;
  }
  const screen::Node* find(const std::string& id) const { return screen::find(screen_, id); }
  std::string text() const;
  bool sees(std::string_view wanted) const { return text().find(wanted) != std::string::npos; }

  void press(const std::string& id_or_name);
  void press_row(std::string_view begin);
  void choose(const std::string& node, const std::string& value) { act(node, "choose", value); }
  void enter(const std::string& node, const std::string& value) { act(node, "enter", value); }
  void choose_file(const std::string& node, const std::string& text);
  void online(bool online) { send(app::Online{online}); }
  void look_again() { send(app::Turned{"home", language_, false}); }
  void send(decltype(app::Event::what) what);

  std::vector<std::string> saved;  // files that the app gave the person
  int prints = 0;

 private:
  void act(const std::string& node, const std::string& action, const std::string& value);
  void carry_out(app::Effect& effect);
  static void walk(const screen::Nodes& nodes, const std::function<void(const screen::Node&)>& visit) {
    for (const screen::Node& node : nodes) visit(node), walk(node.children, visit);
  }
  void each(const std::function<void(const screen::Node&)>& visit) const {
    for (const auto* region : {&screen_.bar, &screen_.rail, &screen_.main, &screen_.foot})
      walk(*region, visit);
  }

  Town& town_;
  std::string name_, language_, database_;
  app::Blobs blobs_;
  std::unique_ptr<app::App> app_;
  screen::Screen screen_;
  std::vector<std::function<void()>> after_;
};

class Town {
 public:
  Town() {
    id.bytes.fill(0x77);
    now = base::instant_of(*base::Date::parse("2026-11-24"), *base::TimeOfDay::parse("9:00"));
  }
  Phone& phone(const std::string& name, const std::string& language = "ja") {
    auto& made = phones_[name];
    made = std::make_unique<Phone>(*this, name, language);
    made->start();
    return *made;
  }
  void give_out_rules() {
    const Bytes delegation = mail::make_delegation({id, mail::TownRole::Editor, key_of(11).open,
                                                    now.plus_seconds(-86400), now.plus_seconds(400 * 86400)},
                                                   key_of(9));
    rules = pages::encode_pack_file({delegation},
                                    rules::sign_pack(id, rules::cbor_of(rules::sample_json()), key_of(11)));
  }

  base::Id<base::TownTag> id;
  base::Instant now;
  Bytes rules;
  crypto::Drbg entropy{crypto::Secret<32>(base::Array<32>{4})};

 private:
  std::map<std::string, std::unique_ptr<Phone>> phones_;
};

inline Phone::Phone(Town& town, std::string name, std::string language)
    : town_(town), name_(std::move(name)), language_(std::move(language)) {
  database_ = ::testing::TempDir() + "/family_" + name_ + "_" + language_ + "_" +
              std::to_string(::testing::UnitTest::GetInstance()->random_seed()) + "_" +
              ::testing::UnitTest::GetInstance()->current_test_info()->name() + ".db";
  for (char& sign : database_)
    if (sign == '/' && &sign > database_.data() + ::testing::TempDir().size() + 1) sign = '_';
  std::remove(database_.c_str());
}

inline void Phone::start() {
  app::Config config;
  config.app = "support";
  config.database = database_;
  config.pack = R"({"town":")" + town_.id.hex() + R"(","root":")" + base::to_hex(key_of(9).open.bytes) +
                R"(","name":"日和町","closedDays":[],"site":"https://app.example"})";
  config.hub = "https://hub.example";
  config.site = "https://app.example";
  auto opened = app::open_support(config, blobs_);
  ASSERT_TRUE(opened.ok()) << opened.error().detail;
  app_ = std::move(*opened);
  base::Array<32> seed{};
  town_.entropy.fill(seed);
  app::Start begin;
  begin.seed = base::to_base64url(seed);
  begin.language = language_;
  send(begin);
  look_again();
}

inline void Phone::send(decltype(app::Event::what) what) {
  std::vector<app::Effect> effects;
  app_->update({town_.now.ms, std::move(what)}, effects);
  for (app::Effect& effect : effects) carry_out(effect);
  screen_ = app_->view();
  for (const std::string& problem : screen::problems(screen_))
    ADD_FAILURE() << screen_.name << ": " << problem;
  static const std::regex key(R"((support|parenting|button|household|error|number)\.[a-z0-9.-]+)");
  each([&](const screen::Node& node) {
    for (const std::string* shown : {&node.name, &node.hint, &node.error}) {
      EXPECT_FALSE(std::regex_match(*shown, key)) << screen_.name << " shows the key " << *shown;
      EXPECT_NE(*shown, "…") << screen_.name << " lacks a sentence at " << node.id;
      EXPECT_EQ(shown->find('{'), std::string::npos) << screen_.name << " lacks an argument: " << *shown;
    }
  });
  // What the network and the storage answer comes once all has been carried out.
  auto after = std::move(after_);
  after_.clear();
  for (const auto& one : after) one();
}

inline void Phone::carry_out(app::Effect& effect) {
  if (const auto* http = std::get_if<app::Http>(&effect.what)) {
    const bool rules = http->url.ends_with(pages::kPackPath) && !town_.rules.empty();
    after_.push_back([this, request = http->request, rules] {
      send(app::Answer{request, rules ? 200 : 404, rules ? blobs_.put(town_.rules) : 0});
    });
  } else if (const auto* load = std::get_if<app::LoadWords>(&effect.what)) {
    after_.push_back([this, language = load->language] {
      std::ifstream file(std::string(MACHI_CATALOGUES) + "/" + language + ".mo", std::ios::binary);
      const std::string mo{std::istreambuf_iterator<char>(file), {}};
      send(app::WordsLoaded{language, mo.empty() ? 0 : blobs_.put(base::copy(base::view(mo)))});
    });
  } else if (const auto* save = std::get_if<app::SaveFile>(&effect.what)) {
    const Bytes bytes = blobs_.take(save->body);
    saved.emplace_back(base::text_view(bytes));
  } else if (std::holds_alternative<app::Print>(effect.what)) {
    ++prints;
  }
}

inline std::string Phone::text() const {
  std::string out;
  each([&out](const screen::Node& node) {
    for (const std::string* part : {&node.name, &node.value, &node.hint, &node.error})
      if (!part->empty()) out += words::plain(*part) + "\n";
    for (const screen::Option& option : node.options)
      out += (option.selected ? "[x] " : "[ ] ") + words::plain(option.name) + "\n";
  });
  return out;
}

inline void Phone::act(const std::string& node, const std::string& action, const std::string& value) {
  const screen::Node* shown = find(node);
  EXPECT_NE(shown, nullptr) << name_ << " has no " << node << " on " << screen_.name << ":\n" << text();
  if (shown == nullptr) return;
  screen::Action act{screen_.name, screen_.revision, node, shown->version, action, value, {}};
  EXPECT_TRUE(screen::still_means(screen_, act)) << node << " does not take " << action;
  send(app::Act{std::move(act)});
}

inline void Phone::press(const std::string& id_or_name) {
  std::string id;
  each([&](const screen::Node& node) {
    const bool pressable =
        node.role == screen::Role::Button || (node.role == screen::Role::Row && node.interactive);
    if (id.empty() && pressable && (node.id == id_or_name || words::plain(node.name) == id_or_name))
      id = node.id;
  });
  act(id.empty() ? id_or_name : id, "press", "");
}

inline void Phone::press_row(std::string_view begin) {
  std::string id;
  each([&](const screen::Node& node) {
    if (id.empty() && node.interactive && node.id.starts_with(begin)) id = node.id;
  });
  act(id.empty() ? std::string(begin) : id, "press", "");
}

inline void Phone::choose_file(const std::string& node, const std::string& text) {
  const screen::Node* shown = find(node);
  ASSERT_NE(shown, nullptr) << text;
  send(app::FileRead{{screen_.name, screen_.revision, node, shown->version, "open", "family.machi.txt", {}},
                     "utf-8",
                     blobs_.put(base::copy(base::view(text)))});
}

inline void write_child(Phone& phone, const std::string& name, const std::string& birth,
                        const std::string& sex = "female", const std::string& due = {}) {
  phone.press("add");
  phone.enter("name", name);
  if (!birth.empty()) phone.enter("birth", birth);
  if (!due.empty()) phone.enter("due", due);
  if (!sex.empty()) phone.choose("sex", sex);
  phone.press("save");
}

inline void write_dose(Phone& phone, const std::string& vaccine, const std::string& on,
                       const std::string& lot = {}, const std::string& place = {}) {
  phone.press("record");
  phone.choose("vaccine", vaccine);
  phone.enter("on", on);
  phone.enter("lot", lot);
  phone.enter("place", place);
  phone.press("save");
}

}  // namespace machi::family
