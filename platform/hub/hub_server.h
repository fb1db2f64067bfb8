// The hub as an HTTP service: CORS and security headers, one writer thread that commits what has gathered in
// one transaction, and the streams of readers. Signatures are verified on the HTTP server's thread;
// everything that touches the post office happens on the writer's.
#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <variant>

#include "platform/host/http_server.h"
#include "platform/hub/metrics.h"
#include "platform/hub/post_office.h"

namespace machi::hub {

struct HubServerOptions {
  std::vector<std::string> origins;  // that browsers may call from: "https://app.example"
  std::size_t queue = 2048;          // requests that wait; further ones are told to come later
  std::size_t batch = 256;           // requests in one transaction
  std::int64_t idle_frame_ms = 20000;
  std::int64_t forget_every_ms = 24 * 3600 * 1000;  // covered mail of ninety days ago, on the writer's thread
  std::int64_t learn_ms = 200;    // how often other processes' news are asked for, when the store is shared
  HubMetrics* metrics = nullptr;  // outlives the server
};

class HubServer final : public host::HttpService {
 public:
  HubServer(PostOffice& office, HubServerOptions options, std::function<Instant()> clock,
            const host::EventLog& log);
  ~HubServer() override;

  void serve(host::HttpRequest request, std::function<void(host::HttpResponse)> respond) override;
  std::size_t body_limit(std::string_view method, std::string_view target) const override;
  std::string_view route_name(std::string_view method, std::string_view target) const override;
  host::HttpResponse refused(int status, const host::HttpRequest& head) const override;
  void stopping() override;

  // After the HTTP server's run: carries out what waits, and ends the writer.
  void finish();

 private:
  struct Job {
    Prepared prepared;
    std::string_view route;
    std::string origin;
    std::function<void(host::HttpResponse)> respond;
  };
  struct Opened {
    std::shared_ptr<host::HttpStream> stream;
    StreamCursor cursor;
  };
  struct Written {
    std::uint64_t stream;
    bool open;
  };
  struct Stop {};
  using Note = std::variant<Opened, Written, Stop>;

  struct Open {
    std::shared_ptr<host::HttpStream> stream;
    StreamCursor cursor;
    Instant last;  // when something was sent
    bool writing = false;
    bool behind = false;  // news came while it was writing
  };

  void work();
  void carry_out(std::vector<Job>& jobs);
  void forget_if_due();
  void take(Note& note);
  void pump(std::uint64_t id);
  void end(std::uint64_t id, bool say);
  void hear_others();
  void look_after_streams();
  void tell(Note note);
  void count(std::string_view route, int status) const;
  host::HttpResponse dressed(host::HttpResponse response, std::string_view origin) const;
  host::HttpResponse preflight(std::string_view origin) const;
  bool allowed(std::string_view origin) const;

  PostOffice& office_;
  HubServerOptions options_;
  std::function<Instant()> clock_;
  const host::EventLog& log_;

  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<Job> jobs_;    // guarded by mutex_
  std::vector<Note> notes_;  // guarded by mutex_
  bool finish_ = false;      // guarded by mutex_

  // The writer's own.
  std::map<std::uint64_t, Open> streams_;
  std::map<MailboxId, std::vector<std::uint64_t>> readers_;
  std::vector<MailboxId> news_;
  std::uint64_t next_stream_ = 1;
  std::optional<Instant> forgot_;
  std::chrono::steady_clock::time_point learned_{};  // when others' news were last asked for
  bool stopped_ = false;
  std::thread writer_;
};

}  // namespace machi::hub
