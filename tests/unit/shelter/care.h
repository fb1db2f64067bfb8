// A desk of the protection mailbox, of plans, or of a group, without an app around it: what it notes and
// tells is kept here. Test code.
#pragma once

#include <gtest/gtest.h>

#include "core/crypto/drbg.h"
#include "core/screen/json.h"
#include "core/shelter/desk/care_pages.h"

namespace machi::shelter {

inline constexpr Instant kNow{1'795'560'000'000};

// The officers' desk, and what came to it.
class Officers final : public CarePost {
 public:
  Officers() : entropy(crypto::Drbg::of_number(6)) {
    database = std::move(*store::Database::open({}));
    EXPECT_TRUE(database->migrate(CareDesk::migrations()).ok());
    desk = std::make_unique<CareDesk>(*database, *this, entropy);
    pages = std::make_unique<CarePages>(*desk);
  }
  Status note(std::string_view kind, code::Cbor, Instant) override {
    noted.emplace_back(kind);
    return {};
  }
  Status tell(const mail::Recipient& to, std::string_view kind, code::Cbor content, Instant) override {
    told.push_back({to.mailbox, std::string(kind), std::move(content)});
    return {};
  }
  bool colleague(const crypto::SignPublic& from) const override { return from.bytes[0] == 1; }
  std::string kind() const override { return office; }
  std::string kind_of(const mail::MailboxId&) const override { return writer; }
  std::optional<mail::Recipient> support() const override { return mail::Recipient{}; }
  std::vector<std::pair<std::string, mail::Recipient>> groups() const override { return {}; }
  Status take(std::string_view kind, code::Cbor content, std::uint8_t from = 9, bool proof = false) {
    mail::Received mail;
    if (proof) mail.office.emplace();
    mail.kind = kind;
    mail.from.bytes.fill(from);
    mail.content = std::move(content);
    return desk->on_message(mail);
  }
  CareView scene() const { return {*desk, words, pages->place(), kNow, "保護の係", true, kNow, false}; }
  void act(const std::string& node, const std::string& action, const std::string& value = {}) {
    const auto shown = pages->view(scene());
    const screen::Action what{shown.name, 0, node, "", action, value, {}};
    ASSERT_TRUE(screen::still_means(shown, what)) << shown.name << ": " << node;
    const auto done = pages->act(what, scene());
    ASSERT_TRUE(done.ok()) << node << done.error().detail;
  }
  std::string tree() const { return screen::to_json(pages->view(scene())); }

  std::string office = std::string(kProtectionOffice);
  crypto::Drbg entropy;
  std::unique_ptr<store::Database> database;
  std::unique_ptr<CareDesk> desk;
  std::unique_ptr<CarePages> pages;
  words::Words words;
  std::string writer = "shelter";  // kind of the office behind a proof
  std::vector<std::string> noted;
  struct Told {
    mail::MailboxId to;
    std::string kind;
    code::Cbor content;
  };
  std::vector<Told> told;
};

}  // namespace machi::shelter
