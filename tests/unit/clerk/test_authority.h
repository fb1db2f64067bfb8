// The authority of the sample town's cards, for tests: what fails ends the test program. Tests only.
#pragma once

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>

#include "platform/clerk/sample_cards.h"
#include "platform/host/file.h"

namespace machi::clerk::test {

class TestAuthority {
 public:
  explicit TestAuthority(const std::filesystem::path& folder, const std::string& name = "Test auth CA")
      : made_(SampleAuthority::open(folder, name)) {
    must(made_);
  }

  base::Bytes card(const std::string& serial) const { return must(made_->card(serial)); }
  base::Bytes expired(const std::string& serial) const { return must(made_->expired(serial)); }
  void revoke(const base::Bytes& certificate) const { must(made_->revoke(certificate)); }
  base::Bytes sign(base::ByteView challenge) const { return must(made_->sign(challenge)); }
  std::filesystem::path authority() const { return made_->authority(); }
  std::filesystem::path list() const { return made_->list(); }
  const SampleAuthority& sample() const { return *made_; }

 private:
  template <class Value>
  static Value must(base::Result<Value> made) {
    if (!made.ok()) give_up(made.error());
    return std::move(*made);
  }
  static void must(const base::Status& done) {
    if (!done.ok()) give_up(done.error());
  }
  [[noreturn]] static void give_up(const base::Error& error) {
    std::fprintf(stderr, "%s\n", error.detail.c_str());
    std::abort();
  }
  base::Result<SampleAuthority> made_;
};

}  // namespace machi::clerk::test
