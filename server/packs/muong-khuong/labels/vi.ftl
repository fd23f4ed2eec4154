### Mọi chữ người dùng đọc được của gói Mường Khương, tiếng Việt.
### Viết cho bí thư chi bộ đọc: câu ngắn, chữ thường dùng. Dạng NFC, dấu kiểu mới (ủy, hóa).
###
###   form-F                tên biểu          form-F-T              tên ô
###   form-F-T-ask          câu hỏi trên máy  form-F-T-help         lời dặn dưới ô
###   form-F-section-S      tên bước          form-F-group-G        tên nhóm ô
###   form-F-rule-R         lời nhắc          choice-D-L            lựa chọn L của danh sách D

## Họp chi bộ

form-meeting = Họp chi bộ
form-meeting-help = Mỗi buổi sinh hoạt chi bộ ghi một lần. Không ghi nội dung mật.
form-meeting-section-what = Buổi họp
form-meeting-section-when = Thời gian, địa điểm
form-meeting-section-people = Chủ trì, thư ký, khách dự
form-meeting-section-attendance = Điểm danh
form-meeting-section-outcome = Kết luận
form-meeting-group-attendance = Số đảng viên dự họp
form-meeting-kind = Loại sinh hoạt
form-meeting-kind-ask = Đây là buổi sinh hoạt nào?
form-meeting-period_month = Kỳ họp tháng
form-meeting-period_month-ask = Buổi họp này là kỳ của tháng nào?
form-meeting-period_month-help = Họp muộn sang tháng sau thì vẫn chọn tháng của kỳ họp.
form-meeting-held_on = Ngày họp
form-meeting-held_on-ask = Chi bộ họp ngày nào?
form-meeting-started_at = Giờ bắt đầu
form-meeting-started_at-ask = Buổi họp bắt đầu lúc mấy giờ?
form-meeting-ended_at = Giờ kết thúc
form-meeting-ended_at-ask = Buổi họp kết thúc lúc mấy giờ?
form-meeting-place = Nơi họp
form-meeting-place-ask = Chi bộ họp ở đâu?
form-meeting-chair = Chủ trì
form-meeting-chair-ask = Ai chủ trì buổi họp?
form-meeting-note_taker = Thư ký
form-meeting-note_taker-ask = Ai ghi biên bản?
form-meeting-guests = Cấp trên dự
form-meeting-guests-ask = Có ai ở cấp trên về dự không?
form-meeting-guests-help = Ghi họ tên và chức vụ. Không có ai thì bỏ trống.
form-meeting-total_official = Đảng viên chính thức
form-meeting-total_official-ask = Chi bộ có bao nhiêu đảng viên chính thức?
form-meeting-total_official-help = Tính cả người vắng và người được miễn sinh hoạt.
form-meeting-total_probationary = Đảng viên dự bị
form-meeting-total_probationary-ask = Chi bộ có bao nhiêu đảng viên dự bị?
form-meeting-total_probationary-help = Không có thì ghi 0.
form-meeting-exempt = Miễn sinh hoạt
form-meeting-exempt-ask = Bao nhiêu đảng viên được miễn sinh hoạt?
form-meeting-exempt-help = Không có thì ghi 0.
form-meeting-present = Có mặt
form-meeting-present-ask = Bao nhiêu đảng viên có mặt?
form-meeting-present-help = Không tính khách và đảng viên được miễn sinh hoạt.
form-meeting-absent_excused = Vắng có lý do
form-meeting-absent_excused-ask = Bao nhiêu đảng viên vắng có lý do?
form-meeting-absent_excused-help = Không có thì ghi 0.
form-meeting-absent_unexcused = Vắng không lý do
form-meeting-absent_unexcused-ask = Bao nhiêu đảng viên vắng không lý do?
form-meeting-absent_unexcused-help = Không có thì ghi 0.
form-meeting-conclusion = Kết luận
form-meeting-conclusion-ask = Chủ trì kết luận những gì?
form-meeting-note = Ghi chú
form-meeting-note-ask = Còn điều gì cần ghi thêm không?
form-meeting-rule-attendance_adds_up = Có mặt và vắng cộng lại phải bằng tổng số trừ miễn sinh hoạt.
form-meeting-rule-exempt_within_total = Số miễn sinh hoạt không được lớn hơn tổng số đảng viên.
form-meeting-rule-ends_after_start = Giờ kết thúc không được trước giờ bắt đầu.
form-meeting-rule-not_before_its_month = Ngày họp ở trước tháng của kỳ họp. Xem lại ngày hoặc tháng.
form-meeting-rule-three_official_members = Chi bộ có dưới 3 đảng viên chính thức. Nếu đúng thì cứ ghi.
form-meeting-rule-has_agenda = Chưa ghi nội dung nào của buổi họp.

## Nội dung buổi họp

form-agenda_item = Nội dung buổi họp
form-agenda_item-help = Mỗi nội dung bàn trong buổi họp ghi một mục. Không ghi ý kiến kèm tên người nói.
form-agenda_item-section-content = Nội dung
form-agenda_item-section-result = Kết luận
form-agenda_item-section-votes = Biểu quyết
form-agenda_item-group-votes = Kết quả biểu quyết
form-agenda_item-seq = Mục số
form-agenda_item-seq-ask = Đây là mục thứ mấy của buổi họp?
form-agenda_item-kind = Loại nội dung
form-agenda_item-kind-ask = Mục này bàn về việc gì?
form-agenda_item-topic = Chuyên đề
form-agenda_item-topic-ask = Chi bộ học chuyên đề nào?
form-agenda_item-summary = Nội dung chính
form-agenda_item-summary-ask = Nội dung chính của mục này là gì?
form-agenda_item-minutes = Thời lượng
form-agenda_item-minutes-ask = Mục này bàn trong bao nhiêu phút?
form-agenda_item-conclusion = Kết luận
form-agenda_item-conclusion-ask = Chi bộ kết luận thế nào về mục này?
form-agenda_item-votes_for = Tán thành
form-agenda_item-votes_for-ask = Bao nhiêu người tán thành?
form-agenda_item-votes_for-help = Không biểu quyết thì bỏ trống cả ba ô.
form-agenda_item-votes_against = Không tán thành
form-agenda_item-votes_against-ask = Bao nhiêu người không tán thành?
form-agenda_item-votes_against-help = Không có thì ghi 0.
form-agenda_item-votes_abstain = Không có ý kiến
form-agenda_item-votes_abstain-ask = Bao nhiêu người không có ý kiến?
form-agenda_item-votes_abstain-help = Không có thì ghi 0.
form-agenda_item-rule-study_has_topic = Nên ghi tên chuyên đề đã học.
form-agenda_item-rule-votes_complete = Đã ghi biểu quyết thì ghi đủ cả ba số; số nào không có thì ghi 0.
form-agenda_item-rule-votes_within_present = Số người biểu quyết nhiều hơn số đảng viên có mặt.
form-agenda_item-rule-votes_within_official = Số người biểu quyết nhiều hơn số đảng viên chính thức. Đảng viên dự bị không biểu quyết.

## Hiến đất, góp công

form-contribution = Hiến đất, góp công
form-contribution-help = Mỗi người, mỗi hộ đóng góp một thứ thì ghi một lần. Không ghi số căn cước, số giấy chứng nhận.
form-contribution-section-what = Đóng góp gì
form-contribution-section-donor = Ai đóng góp
form-contribution-section-quantity = Bao nhiêu
form-contribution-section-purpose = Cho công trình nào
form-contribution-section-mobiliser = Người vận động
form-contribution-section-land = Thửa đất
form-contribution-section-status = Tình trạng
form-contribution-group-quantity = Loại và số lượng
form-contribution-group-donor = Bên đóng góp
form-contribution-group-work = Công trình
form-contribution-group-mobiliser = Người vận động
form-contribution-group-parcel = Số thửa, tờ bản đồ
form-contribution-group-handover = Bước thực hiện và ngày bàn giao
form-contribution-kind = Loại đóng góp
form-contribution-kind-ask = Bà con đóng góp gì?
form-contribution-kind-help = Đóng góp nhiều thứ thì mỗi thứ ghi một lần.
form-contribution-donor_kind = Bên đóng góp
form-contribution-donor_kind-ask = Ai đóng góp: một người, một hộ, cả thôn hay tổ chức?
form-contribution-donor_name = Tên người đóng góp
form-contribution-donor_name-ask = Tên người, hộ hoặc tổ chức đóng góp là gì?
form-contribution-donor_name-help = Đất thì ghi đúng họ tên trên giấy chứng nhận. Hộ thì ghi tên chủ hộ. Cả thôn thì ghi “Nhân dân thôn” và tên thôn.
form-contribution-donor_role = Chức vụ người đóng góp
form-contribution-donor_role-ask = Người đóng góp giữ chức vụ gì?
form-contribution-donor_household = Hộ trong sổ
form-contribution-donor_household-ask = Đó là hộ nào trong danh sách?
form-contribution-village = Thôn
form-contribution-village-ask = Người đóng góp ở thôn nào?
form-contribution-area_m2 = Diện tích
form-contribution-area_m2-ask = Hiến bao nhiêu mét vuông đất?
form-contribution-area_text = Diện tích theo lời kể
form-contribution-area_text-ask = Người hiến nói diện tích thế nào?
form-contribution-area_text-help = Ghi đúng lời, ví dụ “3 sào”.
form-contribution-area_source = Nguồn diện tích
form-contribution-area_source-ask = Diện tích này lấy từ đâu?
form-contribution-amount_vnd = Số tiền
form-contribution-amount_vnd-ask = Đóng góp bao nhiêu tiền?
form-contribution-labour_days = Số ngày công
form-contribution-labour_days-ask = Đóng góp bao nhiêu ngày công?
form-contribution-labour_days-help = Nửa ngày ghi 0,5. Nhiều người thì cộng công của tất cả.
form-contribution-goods_name = Tên cây, vật liệu, tài sản
form-contribution-goods_name-ask = Đó là cây gì, vật liệu gì hoặc tài sản gì?
form-contribution-goods_qty = Số lượng
form-contribution-goods_qty-ask = Số lượng là bao nhiêu?
form-contribution-goods_unit = Đơn vị tính
form-contribution-goods_unit-ask = Tính bằng đơn vị nào?
form-contribution-value_estimate_vnd = Giá trị ước tính
form-contribution-value_estimate_vnd-ask = Ước tính trị giá bao nhiêu tiền?
form-contribution-value_estimate_vnd-help = Không ước tính được thì bỏ trống. Số này không cộng vào tiền mặt.
form-contribution-occurred_on = Ngày đóng góp
form-contribution-occurred_on-ask = Đóng góp ngày nào?
form-contribution-work = Công trình
form-contribution-work-ask = Đóng góp cho công trình nào?
form-contribution-work_name = Tên công trình
form-contribution-work_name-ask = Công trình chưa có trong danh sách tên là gì?
form-contribution-purpose = Dùng vào việc
form-contribution-purpose-ask = Dùng vào những việc gì?
form-contribution-drive = Đợt vận động
form-contribution-drive-ask = Khoản này thuộc đợt vận động nào?
form-contribution-drive-help = Không thuộc đợt nào thì bỏ trống.
form-contribution-mobilised_by = Người vận động
form-contribution-mobilised_by-ask = Ai đã vận động?
form-contribution-mobilised_by-help = Tự nguyện, không ai vận động thì bỏ trống.
form-contribution-mobilised_by_role = Chức vụ người vận động
form-contribution-mobilised_by_role-ask = Người vận động giữ chức vụ gì?
form-contribution-parcel_no = Số thửa
form-contribution-parcel_no-ask = Thửa đất số mấy?
form-contribution-parcel_no-help = Không biết thì bỏ trống, cán bộ địa chính ghi sau.
form-contribution-map_sheet = Tờ bản đồ số
form-contribution-map_sheet-ask = Tờ bản đồ số mấy?
form-contribution-land_type = Loại đất
form-contribution-land_type-ask = Đất này là loại đất gì?
form-contribution-land_position = Vị trí thửa đất
form-contribution-land_position-ask = Nếu đang đứng ở thửa đất, có ghi lại vị trí không?
form-contribution-dimensions = Kích thước
form-contribution-dimensions-ask = Phần đất hiến dài, rộng bao nhiêu?
form-contribution-area_remaining_m2 = Diện tích còn lại
form-contribution-area_remaining_m2-ask = Thửa đất còn lại bao nhiêu mét vuông?
form-contribution-has_certificate = Giấy chứng nhận
form-contribution-has_certificate-ask = Thửa đất đã có giấy chứng nhận (sổ đỏ) chưa?
form-contribution-co_users_agree = Người cùng sử dụng đồng ý
form-contribution-co_users_agree-ask = Vợ, chồng và người cùng sử dụng đất đều đồng ý chưa?
form-contribution-trees_on_land = Cây và tài sản trên đất
form-contribution-trees_on_land-ask = Trên đất có cây, hoa màu, nhà cửa gì, ai thu dọn?
form-contribution-recipient = Bên nhận đất
form-contribution-recipient-ask = Hiến đất cho ai?
form-contribution-no_compensation = Không đòi bồi thường
form-contribution-no_compensation-ask = Người hiến có tự nguyện và không đòi bồi thường không?
form-contribution-no_dispute = Không tranh chấp, không thế chấp
form-contribution-no_dispute-ask = Đất có đúng là không tranh chấp, không thế chấp không?
form-contribution-stage = Bước thực hiện
form-contribution-stage-ask = Việc này đã đến bước nào?
form-contribution-handed_over_on = Ngày bàn giao
form-contribution-handed_over_on-ask = Bàn giao hoặc nộp ngày nào?
form-contribution-consent_publication = Đồng ý nêu tên
form-contribution-consent_publication-ask = Người đóng góp có đồng ý nêu tên trong báo cáo không?
form-contribution-consent_publication-help = Phải hỏi người đóng góp. Chưa hỏi thì bỏ trống; báo cáo sẽ không in tên.
form-contribution-paper_photo = Ảnh biên bản
form-contribution-paper_photo-ask = Chụp biên bản có chữ ký được không?
form-contribution-paper_photo-help = Che số căn cước trước khi chụp.
form-contribution-note = Ghi chú
form-contribution-note-ask = Còn điều gì cần ghi thêm không?
form-contribution-rule-land_has_area = Hiến đất thì phải ghi diện tích lớn hơn 0.
form-contribution-rule-cash_has_amount = Góp tiền thì phải ghi số tiền lớn hơn 0.
form-contribution-rule-labour_has_days = Góp công thì phải ghi số ngày công lớn hơn 0.
form-contribution-rule-goods_have_quantity = Cây cối, vật liệu, tài sản thì phải ghi số lượng lớn hơn 0.
form-contribution-rule-goods_have_unit = Ghi số lượng thì phải chọn đơn vị tính.
form-contribution-rule-goods_have_name = Nên ghi rõ là cây gì, vật liệu gì hoặc tài sản gì.
form-contribution-rule-area_only_for_land = Chỉ hiến đất mới ghi diện tích. Xóa diện tích hoặc chọn lại loại đóng góp.
form-contribution-rule-amount_only_for_cash = Chỉ góp tiền mới ghi số tiền. Xóa số tiền hoặc chọn lại loại đóng góp.
form-contribution-rule-days_only_for_labour = Chỉ góp công mới ghi ngày công. Xóa ngày công hoặc chọn lại loại đóng góp.
form-contribution-rule-quantity_only_for_goods = Chỉ cây cối, vật liệu, tài sản mới ghi số lượng này. Xóa số lượng hoặc chọn lại loại đóng góp.
form-contribution-rule-area_source_known = Nên ghi diện tích lấy từ đâu.
form-contribution-rule-work_known = Chưa ghi đóng góp cho công trình nào.
form-contribution-rule-mobiliser_has_role = Nên ghi chức vụ của người vận động.
form-contribution-rule-co_users_asked = Trước khi lập biên bản, mọi người cùng sử dụng đất phải đồng ý.
form-contribution-rule-registered_only_land = Chỉ đất mới có bước đăng ký biến động.
form-contribution-rule-handover_date_needs_stage = Đã có ngày bàn giao thì bước thực hiện phải là đã bàn giao.
form-contribution-rule-handed_over_after_given = Ngày bàn giao ở trước ngày đóng góp. Xem lại hai ngày này.

## Đợt vận động

form-contribution_drive = Đợt vận động
form-contribution_drive-help = Ghi khi thôn thống nhất mỗi hộ đóng góp bao nhiêu cho một công trình. Không ghi tên hộ chưa nộp.
form-contribution_drive-section-decision = Bàn bạc, thống nhất
form-contribution_drive-section-purpose = Cho công trình nào
form-contribution_drive-section-rate = Mức mỗi hộ
form-contribution_drive-section-households = Số hộ
form-contribution_drive-group-work = Công trình
form-contribution_drive-group-rate = Mức đóng góp mỗi hộ
form-contribution_drive-group-households = Số hộ tham gia
form-contribution_drive-village = Thôn
form-contribution_drive-village-ask = Vận động ở thôn nào?
form-contribution_drive-decided_on = Ngày thống nhất
form-contribution_drive-decided_on-ask = Bà con thống nhất ngày nào?
form-contribution_drive-decided_in = Nơi thống nhất
form-contribution_drive-decided_in-ask = Việc này được bàn và thống nhất ở đâu?
form-contribution_drive-work = Công trình
form-contribution_drive-work-ask = Vận động cho công trình nào?
form-contribution_drive-work_name = Tên công trình
form-contribution_drive-work_name-ask = Công trình chưa có trong danh sách tên là gì?
form-contribution_drive-purpose = Dùng vào việc
form-contribution_drive-purpose-ask = Dùng vào những việc gì?
form-contribution_drive-rate_vnd_per_household = Mỗi hộ góp tiền
form-contribution_drive-rate_vnd_per_household-ask = Mỗi hộ góp bao nhiêu tiền?
form-contribution_drive-rate_days_per_household = Mỗi hộ góp công
form-contribution_drive-rate_days_per_household-ask = Mỗi hộ góp bao nhiêu ngày công?
form-contribution_drive-rate_days_per_household-help = Nửa ngày ghi 0,5.
form-contribution_drive-households_expected = Số hộ vận động
form-contribution_drive-households_expected-ask = Vận động bao nhiêu hộ?
form-contribution_drive-households_agreed = Số hộ đồng ý
form-contribution_drive-households_agreed-ask = Bao nhiêu hộ đồng ý?
form-contribution_drive-households_paid = Số hộ đã đóng góp
form-contribution_drive-households_paid-ask = Đến nay bao nhiêu hộ đã đóng góp?
form-contribution_drive-households_paid-help = Chưa biết thì bỏ trống. Khi chưa biết, báo cáo chỉ in mức mỗi hộ, không tính tổng.
form-contribution_drive-note = Ghi chú
form-contribution_drive-note-ask = Còn điều gì cần ghi thêm không?
form-contribution_drive-rule-has_rate = Phải ghi mỗi hộ góp bao nhiêu tiền hoặc bao nhiêu ngày công.
form-contribution_drive-rule-paid_within_expected = Số hộ đã đóng góp nhiều hơn số hộ vận động.
form-contribution_drive-rule-agreed_within_expected = Số hộ đồng ý nhiều hơn số hộ vận động.
form-contribution_drive-rule-work_known = Chưa ghi vận động cho công trình nào.

## Công trình

form-work = Công trình
form-work-help = Đường, nhà văn hóa, trường mầm non, mương, cầu do bà con góp sức làm.
form-work-section-what = Công trình
form-work-section-size = Kích thước
form-work-section-progress = Tiến độ
form-work-section-more = Thông tin thêm
form-work-group-size = Kích thước, mặt đường
form-work-group-progress = Tiến độ
form-work-kind = Loại công trình
form-work-kind-ask = Đây là công trình gì?
form-work-name = Tên công trình
form-work-name-ask = Bà con gọi công trình này là gì?
form-work-name-help = Ví dụ: Đường nội thôn Đồng Căm.
form-work-village = Thôn
form-work-village-ask = Công trình ở thôn nào?
form-work-village-help = Đường qua nhiều thôn thì chọn thôn đứng ra làm.
form-work-length_m = Chiều dài
form-work-length_m-ask = Công trình dài bao nhiêu mét?
form-work-width_m = Chiều rộng (m)
form-work-width_m-ask = Công trình rộng bao nhiêu mét?
form-work-surface = Mặt đường
form-work-surface-ask = Mặt đường làm bằng gì?
form-work-status = Tiến độ
form-work-status-ask = Công trình làm đến đâu rồi?
form-work-completed_on = Ngày hoàn thành
form-work-completed_on-ask = Công trình hoàn thành ngày nào?
form-work-position = Vị trí
form-work-position-ask = Có ghi vị trí công trình nơi đang đứng không?
form-work-photo = Ảnh
form-work-photo-ask = Chụp ảnh công trình được không?
form-work-note = Ghi chú
form-work-note-ask = Còn điều gì cần ghi thêm không?
form-work-rule-length_only_for_lines = Chỉ đường, mương, cầu mới ghi chiều dài.
form-work-rule-width_only_for_lines = Chỉ đường, mương, cầu mới ghi chiều rộng.
form-work-rule-surface_only_for_roads = Chỉ đường mới ghi mặt đường.
form-work-rule-completion_only_when_done = Có ngày hoàn thành thì tiến độ phải là đã xong.
form-work-rule-done_has_date = Công trình đã xong thì nên ghi ngày hoàn thành.

## Hộ gia đình

form-household = Hộ gia đình
form-household-help = Chỉ ghi hộ có đóng góp. Không ghi nhân khẩu, thu nhập, số căn cước.
form-household-section-household = Hộ gia đình
form-household-village = Thôn
form-household-village-ask = Hộ này ở thôn nào?
form-household-head_name = Chủ hộ
form-household-head_name-ask = Chủ hộ tên là gì?
form-household-label = Để phân biệt
form-household-label-ask = Nếu trùng tên chủ hộ khác thì phân biệt bằng gì?
form-household-label-help = Ví dụ: “nhà đầu thôn”. Không trùng tên thì bỏ trống.

## Người trong danh sách chi bộ

form-person = Người trong chi bộ
form-person-help = Chỉ ghi những gì cần cho việc của chi bộ. Không ghi số căn cước, số thẻ đảng, điện thoại, tôn giáo.
form-person-section-name = Họ tên
form-person-section-membership = Sinh hoạt đảng
form-person-section-roles = Chức vụ
form-person-group-membership = Tư cách đảng viên
form-person-honorific = Cách gọi
form-person-honorific-ask = Gọi người này là ông, bà, cô hay đồng chí?
form-person-display_name = Họ và tên
form-person-display_name-ask = Họ và tên là gì?
form-person-year_of_birth = Năm sinh
form-person-year_of_birth-ask = Nếu trùng tên người khác thì sinh năm nào?
form-person-year_of_birth-help = Không trùng tên thì bỏ trống.
form-person-village = Thôn
form-person-village-ask = Người này ở thôn nào?
form-person-membership = Tư cách đảng viên
form-person-membership-ask = Người này là đảng viên chính thức, dự bị hay không phải đảng viên?
form-person-exempt_from_meetings = Miễn sinh hoạt
form-person-exempt_from_meetings-ask = Người này có được miễn sinh hoạt không?
form-person-temporary = Sinh hoạt tạm thời
form-person-temporary-ask = Người này có sinh hoạt tạm thời ở chi bộ không?
form-person-joined_on = Về chi bộ ngày
form-person-joined_on-ask = Người này về chi bộ ngày nào?
form-person-left_on = Rời chi bộ ngày
form-person-left_on-ask = Người này rời chi bộ ngày nào?
form-person-left_on-help = Còn sinh hoạt ở chi bộ thì bỏ trống.
form-person-roles = Chức vụ
form-person-roles-ask = Người này đang giữ những chức vụ gì?
form-person-rule-leaves_after_joining = Ngày rời chi bộ không được trước ngày về chi bộ.
form-person-rule-exempt_only_members = Chỉ đảng viên mới được miễn sinh hoạt.

## Đơn vị đo; -spoken để đọc thành lời

unit-m2 = m²
unit-m2-spoken = mét vuông
unit-m = m
unit-m-spoken = mét
unit-dong = đồng
unit-dong-spoken = đồng
unit-labour_day = công
unit-labour_day-spoken = ngày công
unit-person = người
unit-person-spoken = người
unit-household = hộ
unit-household-spoken = hộ
unit-piece = cái
unit-piece-spoken = cái
unit-kg = kg
unit-kg-spoken = ki-lô-gam
unit-minute = phút
unit-minute-spoken = phút

## Loại đơn vị trong cây tổ chức

org-kind-provincial_party_committee = Đảng bộ tỉnh
org-kind-district_party_committee = Đảng bộ huyện
org-kind-commune_party_committee = Đảng bộ xã, thị trấn
org-kind-grassroots_party_committee = Đảng bộ cơ sở
org-kind-section_party_committee = Đảng bộ bộ phận
org-kind-grassroots_cell = Chi bộ cơ sở
org-kind-sub_cell = Chi bộ dưới cơ sở
org-kind-party_group = Tổ đảng
org-kind-office = Cơ quan chuyên môn
org-kind-province = Tỉnh
org-kind-district = Huyện
org-kind-commune = Xã
org-kind-township = Thị trấn
org-kind-ward = Phường
org-kind-village = Thôn, bản

## Các lựa chọn

choice-meeting_kind-regular = Thường kỳ
choice-meeting_kind-thematic = Chuyên đề
choice-meeting_kind-combined = Thường kỳ kết hợp chuyên đề
choice-meeting_kind-extraordinary = Bất thường
choice-meeting_kind-congress = Đại hội chi bộ
choice-meeting_kind-registration_ceremony = Lễ đăng ký

choice-agenda_kind-study = Học tập và làm theo Bác
choice-agenda_kind-current_affairs = Thời sự, chính sách
choice-agenda_kind-superior_resolution = Văn bản, nghị quyết cấp trên
choice-agenda_kind-month_review = Đánh giá tháng qua
choice-agenda_kind-next_month = Nhiệm vụ tháng tới
choice-agenda_kind-cadre_assessment = Đánh giá cán bộ chủ chốt
choice-agenda_kind-pressing_issue = Vấn đề bức xúc
choice-agenda_kind-member_development = Phát triển đảng viên
choice-agenda_kind-criticism = Tự phê bình và phê bình
choice-agenda_kind-commendation = Biểu dương
choice-agenda_kind-mobilisation = Vận động đóng góp, làm công trình
choice-agenda_kind-dues = Đảng phí
choice-agenda_kind-other = Nội dung khác

choice-contribution_kind-land = Đất
choice-contribution_kind-trees = Cây cối, hoa màu
choice-contribution_kind-cash = Tiền mặt
choice-contribution_kind-labour_day = Ngày công
choice-contribution_kind-material = Vật liệu
choice-contribution_kind-dismantled_asset = Tài sản tháo dỡ

choice-donor_kind-individual = Cá nhân
choice-donor_kind-household = Hộ gia đình
choice-donor_kind-village = Nhân dân cả thôn
choice-donor_kind-organisation = Cơ quan, tổ chức

choice-role-secretary = Bí thư chi bộ
choice-role-deputy_secretary = Phó bí thư chi bộ
choice-role-cell_executive_member = Chi ủy viên
choice-role-party_member = Đảng viên
choice-role-village_head = Trưởng thôn
choice-role-deputy_village_head = Phó trưởng thôn
choice-role-front_committee_head = Trưởng ban công tác Mặt trận
choice-role-mass_organisation_head = Cán bộ đoàn thể thôn
choice-role-respected_person = Người có uy tín
choice-role-commune_officer = Cán bộ xã, thị trấn
choice-role-teacher = Giáo viên
choice-role-health_worker = Cán bộ y tế
choice-role-villager = Người dân
choice-role-other = Chức vụ khác

choice-area_source-self_declared = Người hiến tự khai
choice-area_source-tape_measured = Đo bằng thước
choice-area_source-cadastral_extract = Trích đo địa chính

choice-goods_unit-tree = cây
choice-goods_unit-clump = khóm, bụi
choice-goods_unit-kg = kg
choice-goods_unit-bag = bao
choice-goods_unit-m3 = m³
choice-goods_unit-m2 = m²
choice-goods_unit-m = m
choice-goods_unit-piece = cái, viên, tấm
choice-goods_unit-truckload = xe, chuyến
choice-goods_unit-other = đơn vị khác

choice-contribution_purpose-construction = Làm mới công trình
choice-contribution_purpose-widening = Mở rộng
choice-contribution_purpose-site_clearance = Giải phóng mặt bằng
choice-contribution_purpose-levelling = San gạt mặt bằng
choice-contribution_purpose-concrete_pouring = Đổ bê tông
choice-contribution_purpose-repair = Sửa chữa
choice-contribution_purpose-other = Việc khác

choice-contribution_stage-pledged = Đã cam kết
choice-contribution_stage-minuted = Đã lập biên bản
choice-contribution_stage-handed_over = Đã bàn giao, đã nộp
choice-contribution_stage-change_registered = Đã đăng ký biến động đất đai

choice-land_type-residential = Đất ở
choice-land_type-garden = Đất vườn
choice-land_type-paddy = Đất ruộng lúa
choice-land_type-upland_field = Đất nương rẫy
choice-land_type-perennial_crops = Đất trồng cây lâu năm
choice-land_type-forest = Đất rừng
choice-land_type-pond = Ao, mặt nước
choice-land_type-other = Đất khác

choice-land_recipient-state = Nhà nước
choice-land_recipient-village_community = Cộng đồng dân cư thôn

choice-decided_in-village_meeting = Họp thôn
choice-decided_in-cell_meeting = Họp chi bộ
choice-decided_in-household_opinions = Lấy ý kiến từng hộ
choice-decided_in-other = Nơi khác

choice-work_kind-rural_road = Đường giao thông nông thôn
choice-work_kind-in_village_road = Đường nội thôn
choice-work_kind-inter_village_road = Đường liên thôn
choice-work_kind-field_road = Đường nội đồng
choice-work_kind-culture_house = Nhà văn hóa thôn
choice-work_kind-kindergarten = Trường mầm non
choice-work_kind-canal = Mương thủy lợi
choice-work_kind-bridge = Cầu
choice-work_kind-other = Công trình khác

choice-work_status-mobilising = Đang vận động
choice-work_status-under_way = Đang làm
choice-work_status-done = Đã xong

choice-surface-concrete = Bê tông
choice-surface-gravel = Cấp phối
choice-surface-earth = Đất

choice-honorific-mr = Ông
choice-honorific-mrs = Bà
choice-honorific-miss = Cô
choice-honorific-comrade = Đồng chí

choice-membership-official = Đảng viên chính thức
choice-membership-probationary = Đảng viên dự bị
choice-membership-not_member = Không phải đảng viên
