// The machine's card service with a virtual reader of two slots, as the tests start it: pcscd in a network
// and a mount namespace of its own - vpcd listens on all addresses, and pcscd's socket has one fixed place.
// Where a machine forbids namespaces it is started without; then one test at a time has it. Tests only.
#pragma once

#include <sys/file.h>

#include <cstdlib>
#include <fstream>
#include <memory>

#include "tests/unit/devices/process.h"

namespace machi::devices::test {

class CardService {
 public:
  CardService() {
    std::ofstream(folder_ / "reader.conf") << "FRIENDLYNAME \"Virtual PCD\"\nDEVICENAME /dev/null:0x8C7B\n"
                                              "LIBPATH /usr/lib/pcsc/drivers/serial/libifdvpcd.so\n"
                                              "CHANNELID 0x8C7B\n";
    std::filesystem::create_directory(folder_ / "conf");
    std::filesystem::create_directory(folder_ / "run");
    std::filesystem::rename(folder_ / "reader.conf", folder_ / "conf/reader.conf");
    for (const std::string how : {"-nm", "-rnm"}) {
      if (!how_.empty()) break;
      const std::string all = "unshare " + how + " sh -c 'mount -t tmpfs none /run && ip link set lo up' 2>/dev/null";
      if (std::system(all.c_str()) == 0) how_ = how;
    }
    start();
  }
  ~CardService() {
    stop();
    if (lock_ >= 0) close(lock_);
  }

  void start() {
    const std::string conf = (folder_ / "conf").string(), run = (folder_ / "run").string();
    // A service that was killed leaves its socket and its number behind.
    for (const auto& left : std::filesystem::directory_iterator(run)) std::filesystem::remove(left);
    std::vector<std::string> words;
    if (how_.empty()) {
      if (lock_ < 0) lock_ = open("/tmp/machi-pcscd.lock", O_CREAT | O_RDWR | O_CLOEXEC, 0600);
      flock(lock_, LOCK_EX);
      words = {"pcscd", "-f", "-c", conf};
      socket_ = "/run/pcscd/pcscd.comm";
    } else {
      words = {"unshare", how_, "sh", "-c",
               "mount -t tmpfs none /run && mkdir /run/pcscd && mount --bind " + run +
                   " /run/pcscd && ip link set lo up && exec pcscd -f -c " + conf};
      socket_ = run + "/pcscd.comm";
    }
    process_ = std::make_unique<Process>(words, (folder_ / "log").string());
    setenv("PCSCLITE_CSOCK_NAME", socket_.c_str(), 1);
    EXPECT_TRUE(soon([this] { return std::filesystem::exists(socket_) || !process_->alive(); }));
    EXPECT_TRUE(process_->alive()) << log();
  }
  void stop() { process_.reset(); }
  const std::string& socket() const { return socket_; }
  // In front of a program that is to reach the virtual reader.
  std::vector<std::string> inside() const {
    if (how_.empty()) return {};
    std::vector<std::string> out = {"nsenter", "-t", std::to_string(process_->id()), "-n"};
    if (how_ == "-rnm") out.insert(out.end(), {"-U", "--preserve-credentials"});
    return out;
  }
  std::string log() const {
    std::ifstream in(folder_ / "log");
    return {std::istreambuf_iterator<char>(in), {}};
  }

 private:
  Folder folder_;
  std::string how_, socket_;
  int lock_ = -1;
  std::unique_ptr<Process> process_;
};

struct CardFiles {
  std::string certificate, key;
  std::string name = "日和　花子", address = "日和町大字日和一丁目2番3号", birth = "19850401", sex = "2";
};

// `machi simulate card`, on slot 0 or 1 of the service's reader.
class CardProcess {
 public:
  CardProcess(const CardService& service, const CardFiles& files, int slot = 0,
              const std::vector<std::string>& more = {})
      : process_(words(service, files, slot, more)) {
    started_ = process_.hear();
  }
  bool say(const std::string& line) {
    // pcscd opens the slot's port a moment after its socket.
    std::string said;
    return soon([&] {
             said = process_.say(line);
             return said.find("trouble") == std::string::npos;
           }) &&
           !said.empty();
  }
  std::string state() { return process_.say("state"); }
  const std::string& started() const { return started_; }

 private:
  static std::vector<std::string> words(const CardService& service, const CardFiles& files, int slot,
                                        const std::vector<std::string>& more) {
    std::vector<std::string> out = service.inside();
    for (const std::string& word :
         {std::string(MACHI_PROGRAM), std::string("simulate"), std::string("card"),
          std::string("--certificate"), files.certificate, std::string("--key"), files.key,
          std::string("--name"), files.name, std::string("--address"), files.address, std::string("--birth"),
          files.birth, std::string("--sex"), files.sex, std::string("--vpcd"),
          "127.0.0.1:" + std::to_string(35963 + slot)})
      out.push_back(word);
    out.insert(out.end(), more.begin(), more.end());
    return out;
  }
  Process process_;
  std::string started_;
};

}  // namespace machi::devices::test
