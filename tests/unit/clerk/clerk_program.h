// What the clerk's tests share: a town with a registry and an authority (ClerkWorld), the program as it is
// started (ClerkProgram), and somebody at a kiosk (Visit). Tests only.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <thread>

#include "core/crypto/drbg.h"
#include "core/crypto/sodium.h"
#include "platform/clerk/issue_log.h"
#include "platform/clerk/resident_list.h"
#include "platform/clerk/sample_residents.h"
#include "platform/clerk/serve/front.h"
#include "platform/host/http_client.h"
#include "platform/town/town_folder.h"
#include "tests/unit/clerk/test_authority.h"

namespace machi::clerk::test {

inline base::Instant system_now() {
  using namespace std::chrono;
  return {duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count()};
}
inline void pause() { std::this_thread::sleep_for(std::chrono::milliseconds(20)); }
inline int machi(const std::string& words) {
  const int status = std::system((std::string(MACHI_PROGRAM) + " " + words + " >/dev/null").c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

struct ClerkWorld {
  ClerkWorld() : folder(made()), authority(folder / "ca"), stranger(folder / "other", "Other CA") {
    residents = sample_residents({1500, 7, today(), "日和町"});
    machi("town new " + town.string() + " --name 日和町");
    kiosk = crypto::sign_key(crypto::Secret<32>(base::Array<32>{42}));
    auto given = give_sample_cards(residents, authority.sample(), today(), holders_);
    EXPECT_TRUE(given.ok());
    if (given.ok()) cards = std::move(*given);
    unknown_card = authority.card("0F66");
    expired_card = authority.expired("0A77");
    revoked_card = authority.card("0A88");
    foreign_card = stranger.card("0A11");
    authority.revoke(revoked_card);
    const auto csv = residents_csv(residents, sample_tax_years(today()));
    static_cast<void>(host::write_file(folder / "residents.csv", csv).ok());
    std::filesystem::create_directories(town / "clerk");
    imported = machi("registry import " + (folder / "residents.csv").string() + " --database " +
                     (town / "clerk" / "registry.db").string());
  }
  ~ClerkWorld() { std::filesystem::remove_all(folder); }

  Date today() const { return base::date_of(system_now()); }
  const Resident& anybody() const { return residents[holders_.anybody]; }
  const Resident& guarded() const { return residents[holders_.guarded]; }
  const Resident& moved_out() const { return residents[holders_.moved]; }
  const Resident& child() const { return residents[holders_.child]; }
  const Resident& unsettable() const { return residents[holders_.unsettable]; }
  const Resident& untaxed() const { return residents[holders_.untaxed]; }
  const Resident& whose_card_is_revoked_later() const { return residents[holders_.late]; }
  const base::Bytes& card_of(const Resident& one) const { return cards.at(one.number); }
  std::vector<certificate::SealKey> seal_keys() const {
    const auto opened = town::open_town(town);
    return {{town::read_key(*opened, "seal")->open, {0}, {INT64_MAX / 2}}};
  }
  std::uint64_t log_size() const { return (*IssueLog::open(town / "clerk" / "log.db"))->size(); }
  std::size_t withdrawn() const {
    return (*IssueLog::open(town / "clerk" / "log.db"))->withdrawals(TownId{}, {0})->leaves.size();
  }
  int verify_log() const { return machi("log verify " + town.string()); }

  std::filesystem::path folder, town = folder / "town";
  TestAuthority authority, stranger;
  crypto::SignKey kiosk;
  std::vector<Resident> residents;
  std::map<std::string, base::Bytes> cards;
  base::Bytes unknown_card, expired_card, revoked_card, foreign_card;
  crypto::SystemEntropy entropy;
  int imported = -1;

 private:
  static std::filesystem::path made() {
    char name[] = "/tmp/machi-clerk-XXXXXX";
    return mkdtemp(name);
  }
  SampleHolders holders_;
};

class ClerkProgram {
 public:
  explicit ClerkProgram(ClerkWorld& world, const std::string& more = "") : world_(world) {
    const auto port_file = world.folder / "port";
    std::filesystem::remove(port_file);
    const std::string line =
        "exec " + std::string(MACHI_PROGRAM) + " clerk serve --town " + world.town.string() + " --ca " +
        world.authority.authority().string() + " --crl " + world.authority.list().string() + " --kiosk " +
        base::to_hex(world.kiosk.open.bytes) + " --mayor 日和町長　日和花子 --port 0 --port-file " +
        port_file.string() + " " + more + " >" + (world.folder / "out").string() + " 2>" +
        (world.folder / "err").string();
    process_ = fork();
    if (process_ == 0) {
      execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
      _exit(127);
    }
    for (int i = 0; i < 1500 && !std::filesystem::exists(port_file); ++i) {
      if (waitpid(process_, nullptr, WNOHANG) != 0) {
        process_ = -1;
        break;
      }
      pause();
    }
    const auto text = host::read_file(port_file, 16);
    if (text.ok()) port_ = std::string(base::text_view(*text).substr(0, text->size() - 1));
    EXPECT_TRUE(text.ok()) << log();
  }
  ~ClerkProgram() { stop(); }

  void stop() {
    if (process_ <= 0) return;
    kill(process_, SIGTERM);
    int status = 0;
    waitpid(std::exchange(process_, -1), &status, 0);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << log();
  }
  void read_lists_anew() const {
    const auto before = processes();
    kill(process_, SIGHUP);
    for (int i = 0; i < 1000; ++i) {
      const auto now = processes();
      // The signer stays, the two others are new.
      std::size_t old = 0;
      for (const pid_t one : now) old += std::count(before.begin(), before.end(), one) > 0 ? 1 : 0;
      if (now.size() == before.size() && old == 1) return;
      pause();
    }
    ADD_FAILURE() << "the processes were not started anew";
  }
  std::string url() const { return "http://127.0.0.1:" + port_; }
  host::HttpAnswer post(const base::Bytes& question) {
    host::HttpClient client;
    auto answer = client.post(url() + std::string(kClerkPath), question);
    return answer.ok() ? std::move(*answer) : host::HttpAnswer{};
  }
  Answer ask(const certificate::clerk::Question& question) {
    const auto answer = post(certificate::clerk::make_question(question, world_.kiosk));
    if (answer.status != 200) return {certificate::clerk::Reply::Later, {}};
    auto decoded = certificate::clerk::decode_answer(answer.body);
    EXPECT_TRUE(decoded.ok());
    return decoded.ok() ? std::move(*decoded) : Answer{};
  }
  std::vector<pid_t> processes() const {
    const std::string id = std::to_string(process_);
    std::ifstream in("/proc/" + id + "/task/" + id + "/children");
    std::vector<pid_t> out;
    for (pid_t one = 0; in >> one;) out.push_back(one);
    return out;
  }
  void wait_for_others(const std::vector<pid_t>& before) const {
    for (int i = 0; i < 1000; ++i) {
      const auto now = processes();
      if (now.size() == before.size() && now != before) return;
      pause();
    }
  }
  std::string log() const {
    std::string out;
    for (const char* name : {"out", "err"}) {
      const auto bytes = host::read_file(world_.folder / name, 16 << 20);
      if (bytes.ok()) out += base::text_view(*bytes);
    }
    return out;
  }

 private:
  ClerkWorld& world_;
  pid_t process_ = -1;
  std::string port_;
};

struct Visit {
  Visit(ClerkWorld& of, ClerkProgram& to, const Resident& who)
      : world(of), clerk(to), signer(&of.authority), key(fresh_key()) {
    session = world.entropy.id<certificate::kiosk::SessionTag>();
    request = world.entropy.id<certificate::kiosk::RefTag>();
    proof.name = who.person.name;
    proof.address = who.address;
    proof.birth = who.person.birth;
    proof.sex = !who.person.sex ? "" : *who.person.sex == certificate::Sex::Male ? "1" : "2";
    proof.certificate = world.card_of(who);
    proof.signature = {1};
    order = {item(certificate::Kind::ResidentRecord)};
  }
  certificate::kiosk::OrderItem item(certificate::Kind kind, int copies = 1) const {
    certificate::kiosk::OrderItem out;
    out.kind = kind;
    out.copies = copies;
    return out;
  }
  // The challenge, and the card's signature over it.
  Answer prepare() {
    Answer answer = clerk.ask(certificate::clerk::AskChallenge{session, key.open});
    if (answer.reply == certificate::clerk::Reply::Challenge) proof.signature = signer->sign(answer.content);
    return answer;
  }
  Answer post() { return clerk.ask(certificate::clerk::AskPapers{session, request, order, proof}); }
  Answer ask() {
    Answer answer = prepare();
    return answer.reply == certificate::clerk::Reply::Challenge ? post() : answer;
  }
  Answer tell(certificate::kiosk::Outcome outcome) {
    return clerk.ask(certificate::clerk::TellOutcome{session, request, outcome});
  }
  crypto::SealKey fresh_key() {
    base::Array<32> seed{};
    world.entropy.fill(seed);
    return crypto::seal_key(crypto::Secret<32>(seed));
  }

  ClerkWorld& world;
  ClerkProgram& clerk;
  TestAuthority* signer;
  crypto::SealKey key;
  certificate::kiosk::SessionId session;
  certificate::kiosk::Ref request;
  std::vector<certificate::kiosk::OrderItem> order;
  certificate::clerk::Proof proof;
};

}  // namespace machi::clerk::test
