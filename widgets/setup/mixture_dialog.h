// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QPushButton;
class QTableWidget;

namespace octavo {
struct DataSource;
}

namespace octavo::gui {

class Session;

QString dataSetFilter(); ///< of file dialogs

/// Several sets of calibration data and their shares. Applies on OK.
class MixtureDialog : public QDialog {
    Q_OBJECT

public:
    explicit MixtureDialog(Session& session, QWidget* parent = nullptr);

private:
    void add(const DataSource& source);
    void showShares();
    void apply();

    Session& m_session;
    QTableWidget* m_parts = nullptr;
    QPushButton* m_remove = nullptr;
    QPushButton* m_use = nullptr;
};

} // namespace octavo::gui
