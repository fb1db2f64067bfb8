// A PostgreSQL of the test's own, from the Debian package: in a folder under /tmp, reached by a socket in it
// alone, as the user `postgres` when the test is root (PostgreSQL will not run as root). It ends with the
// test, also when that dies. One thread starts and kills it.
#pragma once

#include <fcntl.h>
#include <grp.h>
#include <gtest/gtest.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <thread>

#include "platform/hub/postgres/postgres_message_store.h"

namespace machi::hub {

class PostgresServer {
 public:
  using Words = std::vector<std::string>;
  // Without fsync: these tests kill processes, not machines. Who waits for each other is looked into soon.
  // FOLDER/archive is there for a log of changes.
  explicit PostgresServer(Words settings = {"fsync=off", "deadlock_timeout=10ms"})
      : settings_(std::move(settings)) {
    char name[] = "/tmp/machi-pg-XXXXXX";
    if (::mkdtemp(name) == nullptr) return;
    folder_ = name;
    if (::geteuid() == 0) user_ = ::getpwnam("postgres");
    std::filesystem::create_directory(folder_ / "archive");
    own(folder_);
    own(folder_ / "archive");
    EXPECT_EQ(::setenv("LC_ALL", "C", 1), 0);
    EXPECT_EQ(
        run({"initdb", "-D", data(), "-U", "machi", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"}),
        0)
        << "PostgreSQL's package is needed: apt-get install postgresql";
    start();
  }
  ~PostgresServer() {
    stop();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  PostgresServer(const PostgresServer&) = delete;

  std::filesystem::path folder() const { return folder_; }
  std::string data() const { return (folder_ / "data").string(); }
  std::string url(const std::string& schema = {}) const {
    const std::string all = "postgresql:///postgres?user=machi&host=" + folder_.string();
    return schema.empty() ? all : all + "&options=-csearch_path%3D" + schema;
  }
  // Empty tables in a schema of their own.
  std::string new_url() {
    auto connection = PostgresConnection::open(url());
    EXPECT_TRUE(connection.ok());
    const std::string name = "s" + std::to_string(++schemas_);
    EXPECT_TRUE((*connection)->execute("create schema " + name).ok());
    return url(name);
  }
  static std::unique_ptr<PostgresMessageStore> open(const std::string& url) {
    auto store = PostgresMessageStore::open(url);
    EXPECT_TRUE(store.ok());
    return store.ok() ? std::move(*store) : nullptr;
  }

  void start() {
    Words words = {
        "postgres",           "-D", data(), "-k", folder_.string(), "-c", "listen_addresses=", "-c",
        "shared_buffers=16MB"};
    for (const std::string& setting : settings_) words.insert(words.end(), {"-c", setting});
    pid_ = spawn(words);
    for (int i = 0; i < 600; ++i) {
      if (PostgresConnection::open(url()).ok()) return;
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    ADD_FAILURE() << "PostgreSQL did not begin: " << folder_;
  }
  // All of its processes at once, as when the machine fails.
  void kill() {
    std::vector<pid_t> all = {pid_};
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
      const pid_t pid = std::atoi(entry.path().filename().c_str());
      if (pid > 0 && parent_of(pid) == pid_) all.push_back(pid);
    }
    for (const pid_t pid : all) ::kill(pid, SIGKILL);
    reap();
  }
  void stop() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGINT);
    reap();
  }
  // Puts a base backup in the place of the stopped server's data, and goes on from the archive as far as
  // `target` says.
  void recover(const std::string& base, const std::string& target) {
    std::filesystem::rename(data(), folder_ / "data.before");
    std::filesystem::rename(base, data());
    std::ofstream(data() + "/postgresql.auto.conf", std::ios::app)
        << "restore_command = 'cp ../archive/%f %p'\nrecovery_target_action = promote\nhot_standby = off\n"
        << target << "\n";
    const std::string sign = data() + "/recovery.signal";
    std::ofstream(sign).flush();
    own(sign);
    start();
  }
  // Seconds of the processor that it took so far, in all its processes.
  double processor() const {
    double sum = processor_of(pid_);
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
      const pid_t pid = std::atoi(entry.path().filename().c_str());
      if (pid > 0 && parent_of(pid) == pid_) sum += processor_of(pid);
    }
    return sum;
  }
  // Of a process and of those of its children that have ended.
  static double processor_of(pid_t pid) {
    std::ifstream in("/proc/" + std::to_string(pid) + "/stat");
    std::string text;
    std::getline(in, text);
    std::istringstream fields(text.substr(std::min(text.rfind(')') + 1, text.size())));
    std::string skipped;
    for (int i = 0; i < 11; ++i) fields >> skipped;
    double ticks = 0, one = 0;
    for (int i = 0; i < 4 && fields >> one; ++i) ticks += one;
    return ticks / static_cast<double>(::sysconf(_SC_CLK_TCK));
  }
  // A program of the package, to its end; the exit code.
  int run(const Words& words) const {
    int status = 0;
    ::waitpid(spawn(words), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  void own(const std::filesystem::path& path) const {
    if (user_ == nullptr) return;
    EXPECT_EQ(::chown(path.c_str(), user_->pw_uid, user_->pw_gid), 0);
  }
  static pid_t parent_of(pid_t pid) {
    std::ifstream in("/proc/" + std::to_string(pid) + "/stat");
    std::string text;
    std::getline(in, text);
    const auto at = text.rfind(')');
    return at == std::string::npos ? 0 : std::atoi(text.c_str() + at + 4);
  }
  static std::string binaries() {
    std::vector<std::string> found;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator("/usr/lib/postgresql", none))
      found.push_back((entry.path() / "bin").string());
    std::sort(found.begin(), found.end());
    return found.empty() ? std::string("/usr/lib/postgresql/none") : found.back();
  }
  pid_t spawn(const Words& words) const {
    std::vector<std::string> all = words;
    all[0] = binaries() + "/" + all[0];
    std::vector<char*> arguments;
    for (std::string& word : all) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const std::string log = (folder_ / "log").string();
    const pid_t pid = ::fork();
    if (pid != 0) return pid;
    if (user_ != nullptr &&
        (::setgroups(0, nullptr) != 0 || ::setgid(user_->pw_gid) != 0 || ::setuid(user_->pw_uid) != 0))
      ::_exit(126);
    ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
    const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    ::dup2(out, 1);
    ::dup2(out, 2);
    if (::chdir(folder_.c_str()) != 0) ::_exit(125);
    ::execv(arguments[0], arguments.data());
    ::_exit(127);
  }
  void reap() {
    ::waitpid(pid_, nullptr, 0);
    pid_ = -1;
  }

  Words settings_;
  std::filesystem::path folder_;
  const passwd* user_ = nullptr;
  pid_t pid_ = -1;
  int schemas_ = 0;
};

// The one of a test program, begun when first asked for.
inline PostgresServer& postgres() {
  static PostgresServer server;
  return server;
}

}  // namespace machi::hub
