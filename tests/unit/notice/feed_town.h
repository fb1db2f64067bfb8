// A town that writes its notices' feed into memory, and phones that follow it. Test code; one thread.
#pragma once

#include <gtest/gtest.h>

#include <map>

#include "core/crypto/drbg.h"
#include "core/notice/feed/notice_book.h"
#include "core/notice/feed/verify.h"
#include "tests/unit/mail/people.h"

namespace machi::notice::test {

using mail::test::device;
using mail::test::kNow;
using mail::test::mailbox;

// A town's editor and the folder that it exports, in memory.
struct Town {
  mail::Town town{mail::TownId{}, device(9).posting(mailbox(0)).open};
  std::vector<mail::Page> pages;
  std::map<std::uint64_t, Texts> texts;
  std::uint64_t serial = 0;
  Instant at = kNow;
  std::uint8_t salt = 1;
  std::map<std::string, Bytes> files;

  Town() { town.id.bytes.fill(0x77); }
  crypto::SignKey key(std::uint8_t n) const { return device(n).posting(mailbox(0)); }
  std::vector<Bytes> delegations() const {
    const auto one = [&](mail::TownRole role, std::uint8_t n) {
      return mail::make_delegation(
          {town.id, role, key(n).open, kNow.plus_seconds(-86400), kNow.plus_seconds(400 * 86400)}, key(9));
    };
    return {one(mail::TownRole::Directory, 10), one(mail::TownRole::Editor, 11),
            one(mail::TownRole::HubFreshness, 12)};
  }
  void add(Bytes item) {
    if (pages.empty()) pages.push_back({});
    mail::Page grown = pages.back();
    grown.items.push_back(item);
    if (mail::encode_page(grown).size() <= mail::kPageLimit) {
      pages.back() = std::move(grown);
    } else {
      mail::Page next{
          pages.back().number + 1, crypto::hash(mail::encode_page(pages.back())), {std::move(item)}};
      pages.push_back(std::move(next));
    }
    ++serial;
  }
  std::uint64_t say(NoticeHeader header, std::string title, std::uint8_t editor = 11) {
    NoticeBody body;
    body.salt.fill(salt++);
    body.texts = {{"ja", std::move(title), "本文です。"}};
    const Bytes words = encode_body(body);
    header.body = crypto::hash(words);
    add(mail::make_item({town.id, serial, "notice", at, encode_header(header)}, key(editor)));
    auto& file = texts[pages.back().number];
    file.page = pages.back().number;
    file.bodies.push_back(words);
    return serial - 1;
  }
  std::uint64_t publish(std::string title, std::string segment = "") {
    NoticeHeader header;
    header.segment = std::move(segment);
    return say(header, std::move(title));
  }
  std::uint64_t correct(std::uint64_t of, std::string title) {
    NoticeHeader header;
    header.act = NoticeAct::Correct;
    header.of = of;
    return say(header, std::move(title));
  }
  void withdraw(std::uint64_t of) {
    NoticeHeader header;
    header.act = NoticeAct::Withdraw;
    header.of = of;
    add(mail::make_item({town.id, serial, "notice", at, encode_header(header)}, key(11)));
  }
  void forget(std::string_view title) {
    for (auto& [number, file] : texts)
      std::erase_if(file.bodies,
                    [&](const Bytes& body) { return decode_body(body)->texts[0].title == title; });
  }
  Bytes head(std::uint8_t editor = 11) const {
    mail::Head head{town.id, pages.size(), {}, at};
    if (!pages.empty()) head.last = crypto::hash(mail::encode_page(pages.back()));
    mail::FeedAnswer answer;
    answer.head = mail::make_head(head, key(editor));
    answer.fresh = mail::make_fresh(town.id, answer.head, at, key(12));
    return mail::encode_feed_answer(answer);
  }
  void write() {
    files.clear();
    files[std::string(kHeadFile)] = head();
    code::CborArray list;
    for (const Bytes& one : delegations()) list.emplace_back(ByteView(one));
    files[std::string(kDelegationsFile)] = code::encode(code::Cbor(std::move(list)));
    for (const mail::Page& page : pages) files[page_file_name(page.number)] = mail::encode_page(page);
    for (const auto& [number, file] : texts) files[texts_file_name(number)] = encode_texts(file);
  }
  FeedReport verified(Instant now = kNow) const {
    return verify_feed(
        [&](const std::string& name) -> Result<Bytes> {
          const auto found = files.find(name);
          if (found == files.end()) return base::fail(Code::NotFound);
          return found->second;
        },
        town, now);
  }
};

struct Phone {
  std::unique_ptr<store::Database> database = *store::Database::open({});
  NoticeBook book = *NoticeBook::open(*database);
  mail::Trust trust;
  int requests = 0, trips = 0;
  std::vector<std::string> asked;

  explicit Phone(const Town& town) : trust(town.town) {
    for (const Bytes& one : town.delegations()) EXPECT_TRUE(trust.admit(one).ok());
  }
  // One look at the feed: the head, then everything that is wanted in one round trip.
  Status follow(const Town& town) {
    trips = 1;
    asked = {std::string(kHeadFile)};
    MACHI_TRY(book.take_head(town.files.at(std::string(kHeadFile)), trust, town.at));
    MACHI_TRY_SET(wanted, book.wanted());
    if (!wanted.empty()) ++trips;
    for (const Ask& ask : wanted) {
      const std::string name =
          ask.what == Ask::What::Page ? page_file_name(ask.number) : texts_file_name(ask.number);
      asked.push_back(name);
      const auto found = town.files.find(name);
      if (found == town.files.end()) continue;
      if (ask.what == Ask::What::Page) {
        if (const auto taken = book.take_page(ask.number, found->second, trust, town.at); !taken.ok())
          return taken.error();
      } else if (const auto taken = book.take_texts(found->second); !taken.ok()) {
        return taken.error();
      }
    }
    return {};
  }
  std::vector<std::string> titles(const Profile& profile = {}, Instant now = kNow) {
    std::vector<std::string> out;
    const auto entries = book.timeline(profile, now);
    EXPECT_TRUE(entries.ok());
    for (const NoticeEntry& one : *entries) out.push_back(one.body.texts[0].title);
    return out;
  }
  bool holds(std::string_view words) {
    auto rows = database->prepare("select body from notice_text");
    while (*rows.step())
      if (base::text_view(rows.bytes(0)).find(words) != std::string_view::npos) return true;
    return false;
  }
};

}  // namespace machi::notice::test
