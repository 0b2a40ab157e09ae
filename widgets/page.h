// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QWidget>

#include "flow_layout.h"
#include "table.h"

class QAbstractItemModel;
class QLabel;
class QPushButton;
class QStackedWidget;
class QVBoxLayout;

namespace octavo::gui {

class Session;

/// One page of the centre: a sentence that says what the picture shows, a row of controls, the picture with its table
/// twin, and, as long as there is nothing to draw, a message with the button that changes this.
///
/// A subclass builds its widgets into body() and controls(), answers hasContent(), and draws in refresh(), which is
/// called when the page is visible and the run, the selection or the palette changed. Calls are collected: at most one
/// per pass of the event loop.
class Page : public QWidget {
    Q_OBJECT

public:
    Page(Session& session, QWidget* parent = nullptr);
    ~Page() override;

    virtual QString id() const = 0;    ///< "activations": object name, file name of screenshots, icon name
    virtual QString title() const = 0; ///< translated, for the tab
    virtual QString intro() const = 0; ///< translated, one sentence: what it shows and what to look for
    virtual QString emptyText() const = 0;
    virtual bool hasContent() const = 0; ///< false shows the empty state
    virtual void refresh() = 0;          ///< draw what the session says now
    virtual void retranslate() {
    } ///< set texts again after a language change; title() and intro() are asked by the base
    QIcon icon() const;

    /// Collects into one refresh() when the page is or becomes visible.
    void scheduleRefresh();
    /// Draws at once (tests, screenshots).
    void refreshNow();

Q_SIGNALS:
    /// The value under the cursor with layer, channel and unit, for the status bar; empty when it left.
    void hovered(const QString& text);
    /// An action of the main window by its object name: "actionOpenModel", "actionOpenRun", "actionQuantize",
    /// "actionExport", …
    void actionRequested(const QString& action);

protected:
    Session& session() const { return m_session; }
    QVBoxLayout* body() const { return m_body; }
    FlowLayout* controls() const {
        return m_controls;
    } ///< a row above the body; it wraps, and takes no space when empty
    /// Text and main-window action of the button of the empty state; default: Quantize.
    void setEmptyAction(const QString& text, const QString& action);
    /// `picture` and a table with the same numbers as two tabs "Picture" and "Table". Sorting goes by Qt::UserRole (raw
    /// numbers; NaN last); Ctrl+C copies the selected rows as tab-separated text with header. Returns the tab widget.
    QWidget* withTable(QWidget* picture, QAbstractItemModel* model, const QString& accessibleName);

    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void updateTexts();

    Session& m_session;
    QLabel* m_intro = nullptr;
    QStackedWidget* m_stack = nullptr;
    QVBoxLayout* m_body = nullptr;
    FlowLayout* m_controls = nullptr;
    QLabel* m_emptyText = nullptr;
    QPushButton* m_emptyButton = nullptr;
    bool m_dirty = true, m_scheduled = false;
};

} // namespace octavo::gui
