// fork and exec; what was heard and not yet asked for is kept.
#include "platform/host/simulated/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace machi::host {

PassingFolder::PassingFolder() {
  char name[] = "/tmp/machi-devices-XXXXXX";
  if (mkdtemp(name) == nullptr) std::abort();
  path = name;
}

PassingFolder::~PassingFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path, ignored);
}

ChildProcess::ChildProcess(std::vector<std::string> words, const std::string& error_file,
                           const std::vector<std::pair<std::string, std::string>>& environment, bool group)
    : group_(group) {
  int in[2];
  int out[2];
  if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0) std::abort();
  std::fflush(nullptr);
  const pid_t parent = getpid();
  id_ = fork();
  if (id_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent) _exit(127);
    if (group) setpgid(0, 0);
    dup2(in[0], 0);
    dup2(out[1], 1);
    const int error = open(error_file.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    dup2(error, 2);
    for (const auto& [name, value] : environment) setenv(name.c_str(), value.c_str(), 1);
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    execvp(arguments[0], arguments.data());
    _exit(127);
  }
  if (group && id_ > 0) setpgid(id_, id_);
  close(in[0]);
  close(out[1]);
  to_ = in[1];
  from_ = out[0];
}

std::string ChildProcess::say(const std::string& line, int seconds) {
  const std::string whole = line + "\n";
  // What has ended hears nothing; a broken pipe is no reason to end as well.
  struct sigaction ignore = {};
  struct sigaction before = {};
  ignore.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &ignore, &before);
  const auto said = write(to_, whole.data(), whole.size());
  sigaction(SIGPIPE, &before, nullptr);
  return said < 0 ? std::string() : hear(seconds);
}

std::string ChildProcess::hear(int seconds) {
  for (;;) {
    const auto end = heard_.find('\n');
    if (end != std::string::npos) {
      std::string out = heard_.substr(0, end);
      heard_.erase(0, end + 1);
      return out;
    }
    pollfd one{from_, POLLIN, 0};
    if (poll(&one, 1, seconds * 1000) <= 0) return "";
    char piece[4096];
    const auto got = read(from_, piece, sizeof piece);
    if (got <= 0) return "";
    heard_.append(piece, static_cast<std::size_t>(got));
  }
}

bool ChildProcess::alive() {
  if (id_ <= 0) return false;
  siginfo_t info = {};
  return waitid(P_PID, static_cast<id_t>(id_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == 0;
}

void ChildProcess::signal(int number) const {
  if (id_ > 0) kill(group_ ? -id_ : id_, number);
}

int ChildProcess::end(int number) {
  if (id_ <= 0) return -1;
  // What was stopped hears nothing before it goes on.
  if (group_) signal(SIGCONT);
  signal(number);
  return wait();
}

int ChildProcess::wait() {
  if (id_ <= 0) return -1;
  int status = -1;
  waitpid(std::exchange(id_, -1), &status, 0);
  close(to_);
  close(from_);
  return status;
}

}  // namespace machi::host
