// Follower: asks a web server - the hub, or any other that has the feed's files - for the feed's head, and
// for what it names and this phone lacks. It asks for whole pages and names no person and no notice. What it
// takes is what the town's root vouches for; what it refuses is said. Owned by the app; one thread.
#pragma once

#include <map>
#include <set>

#include "core/notice/feed/notice_book.h"

namespace machi::notice {

class Follower {
 public:
  // How the last round ended.
  enum class Outcome {
    None,         // there was none yet
    Fresh,        // all that the head names is here
    Unreachable,  // no answer
    Forged,       // a page or a head that nobody of the town signed
    RolledBack,   // an older feed than this phone has seen
    Storage,
  };
  struct Call {
    std::int64_t id = 0;
    std::string path;  // begins with /v1/
  };

  static std::vector<store::Migration> migrations();
  Follower(store::Database& database, NoticeBook& book, const mail::Town& town)
      : database_(database), book_(book), trust_(town) {}
  Status load();

  // Begins a round, unless one goes on.
  void begin(Instant now);
  std::vector<Call> take_calls();
  // A file that a person wants now, outside of a round.
  void fetch(const Hash& hash);
  bool fetching(const Hash& hash) const;
  bool failed(const Hash& hash) const { return failed_.contains(hash); }
  // False: none of its calls. status 0: no answer.
  bool answer(std::int64_t call, int status, ByteView body, Instant now);

  bool busy() const;
  Outcome outcome() const { return outcome_; }
  std::optional<Instant> tried() const { return tried_; }

 private:
  void ask(const Ask& what, bool whole = false);
  bool took_alone(const Hash& hash, int status, ByteView body);
  void ask_blobs();
  void took_head(ByteView body, bool whole, Instant now);
  void took_all(Instant now);
  void end(Outcome outcome);
  Status keep_trust();

  struct Open {
    Ask what;
    bool whole = false;
    bool alone = false;  // of no round
  };
  store::Database& database_;
  NoticeBook& book_;
  mail::Trust trust_;
  std::map<std::int64_t, Open> open_;
  std::vector<Call> calls_;
  std::vector<std::pair<Ask, Bytes>> came_;  // of a round: taken in order when all are here
  std::set<Hash> failed_;                    // of what a person wanted
  std::int64_t last_ = 0;
  bool again_ = false;  // the feed may have grown between its head and its pages: asked once more
  Outcome outcome_ = Outcome::None;
  std::optional<Instant> tried_;
};

}  // namespace machi::notice
