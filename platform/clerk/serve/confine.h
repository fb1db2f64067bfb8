// Takes a process's rights away for good, by the kernel (Linux, x86-64): no new privileges, no core file, no
// other descriptors than those named, and a filter of system calls (seccomp) that answers EPERM.
//   Parser: only what reads and writes on descriptors that are open already, memory and time; no file can be
//           opened, no connection made, no program or process started. Started as root it becomes nobody
//           first.
//   Worker: files yes; no connection, no listening, no program, no other process, nobody else's memory.
// What it is not: a namespace or a virtual machine. Files that are open stay open, and a hole in the kernel
// behind the calls that are left is a way out.
#pragma once

#include <vector>

#include "core/base/result.h"

namespace machi::clerk {

enum class Confinement { Parser, Worker };

// Closes all descriptors but 0, 1, 2 and those to keep.
void close_others(const std::vector<int>& keep);
// Storage when the kernel refuses: then the process must end.
base::Status confine(Confinement confinement);
// Tries what must not go, and tells what went all the same: "" when it holds.
std::string try_to_escape(Confinement confinement);

}  // namespace machi::clerk
