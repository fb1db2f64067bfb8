// A school with desks and families in the simulated town: what the mail simulations stand on. Every desk
// enrols who applies, counts what it folds, and can begin with a snapshot of that count. Test code.
#pragma once

#include <gtest/gtest.h>

#include "tests/seeds.h"
#include "tests/simulation/world.h"

namespace machi::simulation {

using code::Cbor;

struct Family {
  Device* phone = nullptr;
  std::vector<base::MessageId> written;
};

struct Morning {
  World world;
  Device& hall;  // the town hall founded the school's mailbox
  MailboxId school;
  std::vector<Device*> desks;
  std::map<std::string, std::map<base::MessageId, int>> folded;                  // desk -> report -> times
  std::map<std::string, std::map<base::MessageId, crypto::SignPublic>> senders;  // desk -> report -> who
  std::map<std::string, int> begun;  // desk -> snapshots that it began with
  std::vector<Family> families;

  explicit Morning(std::uint64_t seed) : world(seed), hall(world.device("hall")) {
    school = *hall.client().found_office(world.now());
    world.pump(hall);
    EXPECT_TRUE(world.run_until(
        [&] { return hall.client().access(school)->epoch() == 1 && hall.client().reachable(); }, 60000));
    world.run_for(5000);
    world.publish_office(hall, school);
  }

  void pair_desk(Device& from, const std::string& name) {
    Device& desk = world.device(name, true);
    desks.push_back(&desk);
    desk.on_message = [this, &desk](const mail::Received& received) -> base::Status {
      if (received.kind == "slip.application") {
        MACHI_TRY_SET(application, mail::decode_application(received.content));
        MACHI_TRY(desk.client().admit(school, received.from, mail::kPostOnly, world.now()));
        const mail::Recipient to{application.person, application.epoch, application.epoch_key};
        MACHI_TRY(desk.client().send_as(school, to, "test.welcome", Cbor::map({{1, true}}), world.now()));
        return {};
      }
      if (received.kind == "test.report") {
        folded[desk.name()][received.id] += 1;
        senders[desk.name()][received.id] = received.from;
      }
      return {};
    };
    desk.on_snapshot = [this, &desk](base::ByteView bytes, std::uint64_t) { return begin_with(desk, bytes); };
    auto invitation = from.client().invite(school, world.now().plus_seconds(14 * 86400), world.now());
    ASSERT_TRUE(invitation.ok());
    ASSERT_TRUE(desk.client().join(school, std::move(*invitation), world.now()).ok());
    world.pump(from);
    world.pump(desk);
    ASSERT_TRUE(world.run_until(
        [&] { return desk.client().joining(school) == mail::Client::Joining::Joined; }, 600000))
        << "desk did not join";
    world.run_for(3000);
  }

  // The service's tables of a desk: the ids of the reports that it has folded.
  Bytes tables_of(Device& desk) {
    Bytes out;
    for (const auto& [id, times] : folded[desk.name()])
      out.insert(out.end(), id.bytes.begin(), id.bytes.end());
    return out;
  }
  base::Status begin_with(Device& desk, base::ByteView bytes) {
    ++begun[desk.name()];
    auto& mine = folded[desk.name()];
    mine.clear();
    for (std::size_t at = 0; at + 16 <= bytes.size(); at += 16) {
      MACHI_TRY_SET(id, base::MessageId::from(bytes.subspan(at, 16)));
      mine[id] = 1;
    }
    return {};
  }
  base::Status post_snapshot(Device& desk) {
    const base::Status posted =
        desk.client().post_snapshot(school, tables_of(desk), desk.client().folded(school), world.now());
    world.pump(desk);
    return posted;
  }

  void enrol_family(int number) {
    Device& phone = world.device("family" + std::to_string(number));
    families.push_back({&phone, {}});
    EXPECT_TRUE(world.run_until([&] { return phone.client().office(school).has_value(); }, 600000));
    auto person = phone.client().person_mailbox(world.now());
    EXPECT_TRUE(person.ok());
    auto self = phone.client().self(*person);
    mail::Application application;
    application.code.fill(static_cast<std::uint8_t>(number));
    application.slip = mail::slip_id(application.code);
    application.guardian = "保護者";
    application.digits = "0000";
    application.person = *person;
    application.epoch = self->epoch;
    application.epoch_key = self->epoch_key;
    application.language = "ja";
    auto to = phone.client().recipient(school);
    EXPECT_TRUE(to.ok());
    EXPECT_TRUE(phone.client()
                    .send(*to, "slip.application", mail::encode_application(application), world.now())
                    .ok());
    world.pump(phone);
  }

  void report(Family& family) {
    auto to = family.phone->client().recipient(school);
    ASSERT_TRUE(to.ok());
    auto id = family.phone->client().send(
        *to, "test.report", Cbor::map({{1, static_cast<std::int64_t>(world.pick(0, 9))}}), world.now());
    ASSERT_TRUE(id.ok());
    family.written.push_back(*id);
    world.pump(*family.phone);
  }

  bool all_told() {
    for (Family& family : families)
      for (const auto& id : family.written) {
        const auto state = family.phone->client().state(id);
        if (!state || !state->had) return false;
      }
    return true;
  }
  bool all_folded() {
    for (Device* desk : desks)
      for (Family& family : families)
        for (const auto& id : family.written)
          if (!folded[desk->name()].contains(id)) return false;
    return true;
  }
  void check_exactly_once() {
    std::size_t written = 0;
    for (Family& family : families) written += family.written.size();
    for (Device* desk : desks) {
      EXPECT_EQ(folded[desk->name()].size(), written) << desk->name();
      for (const auto& [id, times] : folded[desk->name()])
        EXPECT_EQ(times, 1) << desk->name() << " folded a report twice";
    }
  }
  void explain() {
    std::vector<Device*> readers{&hall};
    readers.insert(readers.end(), desks.begin(), desks.end());
    for (Device* desk : readers) {
      auto rows = desk->database().prepare("select group_concat(epoch) from mail_epoch");
      if (*rows.step())
        std::fprintf(stderr, "  %s: epochs %s of %llu, %llu entries\n", desk->name().c_str(),
                     rows.text(0).c_str(),
                     static_cast<unsigned long long>(desk->client().access(school)->epoch()),
                     static_cast<unsigned long long>(desk->client().access(school)->next_number()));
    }
    for (Family& family : families) {
      int saved = 0, arrived = 0, had = 0;
      for (const auto& id : family.written) {
        const auto state = family.phone->client().state(id);
        saved += 1;
        arrived += state && state->arrived ? 1 : 0;
        had += state && state->had ? 1 : 0;
      }
      std::fprintf(stderr, "  %s: %d written, %d arrived, %d had, %d waiting\n", family.phone->name().c_str(),
                   saved, arrived, had, family.phone->client().waiting());
    }
    for (Device* desk : desks)
      std::fprintf(stderr, "  %s: %d waiting\n", desk->name().c_str(), desk->client().waiting());
    std::size_t from = world.log.size() > 60 ? world.log.size() - 60 : 0;
    for (; from < world.log.size(); ++from) std::fprintf(stderr, "  %s\n", world.log[from].c_str());
  }
};

inline Weather storm() {
  Weather weather;
  weather.lose_request = 0.05;
  weather.lose_answer = 0.05;
  weather.repeat = 0.10;
  weather.break_stream = 0.05;
  weather.slowest_ms = 1500;
  return weather;
}

}  // namespace machi::simulation
