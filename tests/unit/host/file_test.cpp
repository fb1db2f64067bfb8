// Whole files, their modes, and the lock of a running program.
#include "platform/host/file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace machi::host {
namespace {

namespace fs = std::filesystem;

class Files : public testing::Test {
 protected:
  Files() : folder(fs::temp_directory_path() / ("machi-file-test-" + std::to_string(::getpid()))) {
    fs::create_directories(folder);
  }
  ~Files() override { fs::remove_all(folder); }
  fs::path folder;
};

TEST_F(Files, AreReadAsTheyWereWritten) {
  ASSERT_TRUE(write_file(folder / "a", base::view("one")).ok());
  ASSERT_TRUE(write_file(folder / "a", base::view("two")).ok());
  EXPECT_EQ(base::text_view(*read_file(folder / "a", 100)), "two");
  EXPECT_EQ(read_file(folder / "a", 2).code(), base::Code::TooLarge);
  EXPECT_EQ(read_file(folder / "b", 2).code(), base::Code::NotFound);
  EXPECT_EQ(read_file(folder, 2).code(), base::Code::NotFound);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder), fs::directory_iterator()), 1);
}

TEST_F(Files, KeepSecretsFromOthers) {
  ASSERT_TRUE(write_file(folder / "key", base::view("k"), Privacy::Secret).ok());
  struct stat about {};
  ASSERT_EQ(::stat((folder / "key").c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600u);
}

TEST_F(Files, AreLockedByOneAtATime) {
  {
    auto first = FileLock::take(folder / "lock");
    ASSERT_TRUE(first.ok());
    EXPECT_EQ(FileLock::take(folder / "lock").code(), base::Code::Conflict);
  }
  EXPECT_TRUE(FileLock::take(folder / "lock").ok());
}

}  // namespace
}  // namespace machi::host
