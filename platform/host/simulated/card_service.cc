// unshare makes the namespaces, nsenter goes in.
#include "platform/host/simulated/card_service.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace machi::host {
namespace {

constexpr int kPort = 35963;  // vpcd's; the second slot has the next one

}  // namespace

CardService::CardService() {
  std::filesystem::create_directory(folder_ / "conf");
  std::filesystem::create_directory(folder_ / "run");
  std::ofstream(folder_ / "conf/reader.conf")
      << "FRIENDLYNAME \"Virtual PCD\"\nDEVICENAME /dev/null:0x8C7B\n"
         "LIBPATH /usr/lib/pcsc/drivers/serial/libifdvpcd.so\nCHANNELID 0x8C7B\n";
  for (const std::string how : {"-nm", "-rnm"}) {
    if (!how_.empty()) break;
    const std::string all =
        "unshare " + how + " sh -c 'mount -t tmpfs none /run && ip link set lo up' 2>/dev/null";
    if (std::system(all.c_str()) == 0) how_ = how;
  }
}

CardService::~CardService() {
  stop();
  if (lock_ >= 0) close(lock_);
}

base::Status CardService::start() {
  const std::string conf = (folder_ / "conf").string();
  const std::string run = (folder_ / "run").string();
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
  process_ = std::make_unique<ChildProcess>(words, (folder_ / "log").string());
  setenv("PCSCLITE_CSOCK_NAME", socket_.c_str(), 1);
  const bool is_there = soon([this] { return std::filesystem::exists(socket_) || !process_->alive(); });
  if (!is_there || !process_->alive())
    return base::fail(base::Code::Unreachable, "the card service does not start: " + log());
  return {};
}

std::vector<std::string> CardService::inside() const {
  if (how_.empty() || !process_) return {};
  std::vector<std::string> out = {"nsenter", "-t", std::to_string(process_->id()), "-n"};
  if (how_ == "-rnm") out.insert(out.end(), {"-U", "--preserve-credentials"});
  return out;
}

std::string CardService::log() const {
  std::ifstream in(folder_ / "log");
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> card_words(const std::string& machi, const CardService& service,
                                    const CardFiles& files, int slot) {
  std::vector<std::string> out = service.inside();
  for (const std::string& word :
       {machi, std::string("simulate"), std::string("card"), std::string("--certificate"), files.certificate,
        std::string("--key"), files.key, std::string("--name"), files.name, std::string("--address"),
        files.address, std::string("--birth"), files.birth, std::string("--sex"), files.sex,
        std::string("--pin"), files.pin, std::string("--vpcd"), "127.0.0.1:" + std::to_string(kPort + slot)})
    out.push_back(word);
  return out;
}

}  // namespace machi::host
