// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// qcustomplot.h 2.1 spells `signals`, `slots` and `foreach`; our own targets are built with QT_NO_KEYWORDS. This is the
// only place that includes it.
#include <QtGlobal>

#ifdef QT_NO_KEYWORDS
#define signals Q_SIGNALS
#define slots Q_SLOTS
#define foreach Q_FOREACH
#endif

#include <qcustomplot.h>

#ifdef QT_NO_KEYWORDS
#undef signals
#undef slots
#undef foreach
#endif
