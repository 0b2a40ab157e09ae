// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "hardware/fake_nvml.h"
#include "hardware/hardware.h"

using namespace octavo;

class TestDeviceMemory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatIsOccupied() {
        CudaDevice device;
        QVERIFY(!device_memory(device)); // CUDA did not say where it is
        device.bus_id = "0000:65:00.0";
        auto memory = device_memory(device);
        QVERIFY(memory);
        QCOMPARE(memory->total_bytes, std::uint64_t(24) << 30);
        QCOMPARE(memory->used_bytes, std::uint64_t(3) << 30);
        fake_device().used = 5ULL << 30;
        memory = device_memory(device);
        QVERIFY(memory);
        QCOMPARE(memory->used_bytes, std::uint64_t(5) << 30);
        QCOMPARE(fake_device().inits, 1);
    }

    void aLostOrUnknownDeviceHasNone() {
        CudaDevice device;
        device.bus_id = "0000:01:00.0";
        QVERIFY(!device_memory(device));
        device.bus_id = "0000:65:00.0";
        fake_device().lost = true;
        QVERIFY(!device_memory(device));
        fake_device().lost = false;
        QVERIFY(device_memory(device));
    }
};

QTEST_APPLESS_MAIN(TestDeviceMemory)
#include "test_device_memory.moc"
