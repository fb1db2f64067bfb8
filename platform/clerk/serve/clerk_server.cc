// Starting, watching, starting anew. The channels' ends stay open here, so that a process that dies does not
// take its neighbour's end away.
#include "platform/clerk/serve/clerk_server.h"

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>

namespace machi::clerk {
namespace {

using base::Code;
using base::fail;
using base::Result;
using base::Status;

constexpr int kStartMilliseconds = 30'000;
constexpr unsigned kPauseMilliseconds = 200;  // before a start that follows another at once

enum Process { kSigner, kOffice, kFront };
constexpr std::array<std::string_view, 3> kNames = {"signer", "office", "front"};

struct Running {
  pid_t id = -1;
  std::int64_t since = 0;
};

class Watch {
 public:
  explicit Watch(const ServePlan& plan) : plan_(plan), log_(plan.quiet ? -1 : 2) {}
  ~Watch() {
    for (const Process process : {kFront, kOffice, kSigner}) end(process);
    for (const int descriptor : {office_.first, office_.second, signer_.first, signer_.second})
      if (descriptor >= 0) ::close(descriptor);
    if (masked_) ::sigprocmask(SIG_SETMASK, &before_, nullptr);
  }

  Status run() {
    ::sigset_t mask;
    ::sigemptyset(&mask);
    for (const int number : {SIGCHLD, SIGTERM, SIGINT, SIGHUP}) ::sigaddset(&mask, number);
    if (::sigprocmask(SIG_BLOCK, &mask, &before_) != 0) return fail(Code::Storage, "signals");
    masked_ = true;
    MACHI_TRY_SET(office, channel_pair());
    office_ = office;
    MACHI_TRY_SET(signer, channel_pair());
    signer_ = signer;
    for (const Process process : {kSigner, kOffice, kFront}) MACHI_TRY(start(process));
    if (plan_.started) plan_.started(port_);
    log_.write(host::Event::Started, {{"port", static_cast<std::int64_t>(port_)}});
    for (;;) {
      const int number = ::sigwaitinfo(&mask, nullptr);
      if (number == SIGTERM || number == SIGINT) return {};
      if (number == SIGHUP) {
        for (const Process process : {kOffice, kFront})
          if (running_[process].id > 0) ::kill(running_[process].id, SIGTERM);
      }
      MACHI_TRY(look_after());
    }
  }

 private:
  Status look_after() {
    int status = 0;
    for (pid_t id = ::waitpid(-1, &status, WNOHANG); id > 0; id = ::waitpid(-1, &status, WNOHANG))
      for (const Process process : {kSigner, kOffice, kFront}) {
        if (running_[process].id != id) continue;
        running_[process].id = -1;
        log_.write(host::Event::ProcessEnded,
                   {{"process", kNames[process]},
                    {"status", static_cast<std::int64_t>(WIFSIGNALED(status) ? -WTERMSIG(status)
                                                                             : WEXITSTATUS(status))}});
      }
    for (const Process process : {kSigner, kOffice, kFront}) {
      if (running_[process].id > 0) continue;
      if (plan_.now().ms - running_[process].since < 1000) ::usleep(kPauseMilliseconds * 1000);
      // It may be a list that is being written just now: it is tried again.
      for (int tries = 0;; ++tries) {
        const auto started = start(process);
        if (started.ok()) break;
        if (tries == 20) return started;
        ::usleep(kPauseMilliseconds * 1000);
      }
    }
    return {};
  }

  Status start(Process process) {
    int ends[2] = {-1, -1};
    if (::pipe(ends) != 0) return fail(Code::Storage, "pipe");
    std::fflush(nullptr);
    const pid_t id = ::fork();
    if (id < 0) {
      ::close(ends[0]);
      ::close(ends[1]);
      return fail(Code::Storage, "fork");
    }
    if (id == 0) body(process, ends[1]);
    ::close(ends[1]);
    running_[process] = {id, plan_.now().ms};
    std::string said;
    char piece[256];
    pollfd one{ends[0], POLLIN, 0};
    while (said.find('\n') == std::string::npos && ::poll(&one, 1, kStartMilliseconds) > 0) {
      const auto got = ::read(ends[0], piece, sizeof piece);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) break;
      said.append(piece, static_cast<std::size_t>(got));
    }
    ::close(ends[0]);
    if (said.starts_with("ok ")) {
      if (process == kFront) port_ = static_cast<std::uint16_t>(std::atoi(said.c_str() + 3));
      return {};
    }
    end(process);
    while (!said.empty() && said.back() == '\n') said.pop_back();
    return fail(Code::Storage,
                std::string(kNames[process]) + ": " + (said.empty() ? "it does not start" : said));
  }

  // In the new process; does not come back.
  [[noreturn]] void body(Process process, int said) {
    ::sigprocmask(SIG_SETMASK, &before_, nullptr);
    ::signal(SIGPIPE, SIG_IGN);
    ServePlan plan = plan_;
    if (port_ != 0) plan.http.port = port_;
    // close_others keeps the first three and the channels: this one moves to the place of standard input.
    ::dup2(said, 0);
    const Ready ready = [](std::uint16_t port) {
      const std::string line = "ok " + std::to_string(port) + "\n";
      static_cast<void>(!::write(0, line.data(), line.size()));
    };
    Status done;
    if (process == kSigner) done = run_signer(plan, signer_.second, ready);
    if (process == kOffice) done = run_office(plan, office_.second, signer_.first, ready);
    if (process == kFront) done = run_front(plan, office_.first, ready);
    if (!done.ok()) {
      const std::string line = std::string(base::code_name(done.code())) + " (" + done.error().detail + ")\n";
      static_cast<void>(!::write(0, line.data(), line.size()));
    }
    ::_exit(done.ok() ? 0 : 1);
  }

  void end(Process process) {
    const pid_t id = std::exchange(running_[process].id, -1);
    if (id <= 0) return;
    ::kill(id, SIGTERM);
    for (int i = 0; i < 150; ++i) {
      if (::waitpid(id, nullptr, WNOHANG) != 0) return;
      ::usleep(20'000);
    }
    ::kill(id, SIGKILL);
    ::waitpid(id, nullptr, 0);
  }

  const ServePlan& plan_;
  host::EventLog log_;
  std::array<Running, 3> running_;
  ChannelPair office_, signer_;
  ::sigset_t before_{};
  bool masked_ = false;
  std::uint16_t port_ = 0;
};

}  // namespace

Status serve_clerk(const ServePlan& plan) { return Watch(plan).run(); }

}  // namespace machi::clerk
