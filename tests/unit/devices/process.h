// Programs that the tests of devices start: what platform/host/simulated starts for the dock as well. Tests
// only.
#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>

#include "platform/host/simulated/child_process.h"

namespace machi::devices::test {

using host::pause;
using host::soon;
using Folder = host::PassingFolder;
using Process = host::ChildProcess;

}  // namespace machi::devices::test
